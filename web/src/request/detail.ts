import type { RequestDetail } from "../api/types";
import { memberText, parseAnswer, withoutMembers } from "../format/json";

/** One request from the server's answer, with the text of its bodies as they came. */
export function readDetail(text: string): RequestDetail {
  return {
    ...parseAnswer<RequestDetail>(text),
    texts: {
      request: memberText(text, ["request", "body"]),
      response: memberText(text, ["response", "body"]),
      record: withoutMembers(text, ["request", "response"]),
    },
  };
}
