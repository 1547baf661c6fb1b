#!/usr/bin/env python3
"""Builds Sources/CCatalogData/catalog.json from two public price files and our own curation (curation.py).

    make-catalog.py LITELLM_JSON PORTKEY_FOLDER --date 2026-11-23 --previous catalog.json --out catalog.json

Prices are read as decimals and written as whole nano-dollars per million units. Every figure that both files have is
compared; a disagreement is listed in the report, and the row keeps the file that links to the vendor's own page.
Development tool only: nothing at build or run time needs Python.
"""
import argparse
import collections
import json
import pathlib
import re
from decimal import Decimal

import curation

NANO_PER_MILLION = Decimal(10) ** 15
BUCKETS = ["input", "cache_read", "cache_write_5m", "cache_write_1h", "audio_input", "image_input", "output",
           "reasoning", "audio_output", "server_tool_calls"]
PLANS = ["standard", "batch", "flex", "priority"]
LITELLM_KEYS = {
    "input_cost_per_token": "input", "output_cost_per_token": "output", "cache_read_input_token_cost": "cache_read",
    "cache_creation_input_token_cost": "cache_write_5m", "cache_creation_input_token_cost_above_1hr": "cache_write_1h",
    "input_cost_per_audio_token": "audio_input", "input_cost_per_image_token": "image_input",
    "output_cost_per_reasoning_token": "reasoning", "output_cost_per_audio_token": "audio_output",
}
LITELLM_PLANS = {"batches": "batch", "flex": "flex", "priority": "priority"}
PORTKEY_KEYS = {
    "request_token": "input", "response_token": "output", "cache_read_input_token": "cache_read",
    "cache_write_input_token": "cache_write_5m", "request_audio_token": "audio_input",
    "request_image_token": "image_input", "response_audio_token": "audio_output", "reasoning_token": "reasoning",
}
CAPABILITY_FLAGS = [
    ("supports_function_calling", "tools"), ("supports_parallel_function_calling", "parallel_tools"),
    ("supports_vision", "vision"), ("supports_pdf_input", "pdf"), ("supports_audio_input", "audio_input"),
    ("supports_audio_output", "audio_output"), ("supports_video_input", "video_input"),
    ("supports_response_schema", "json_schema"), ("supports_reasoning", "reasoning"),
    ("supports_prompt_caching", "prompt_caching"), ("supports_web_search", "web_search"),
    ("supports_computer_use", "computer_use"),
]
MODES = {"chat": "chat", "responses": "chat", "completion": "completion", "embedding": "embedding",
         "moderation": "moderation"}


def nano(dollars):
    """Dollars per unit -> whole nano-dollars per million units. Noise of the files' floats (relative 1e-7) is rounded
    away; a price that is really finer than that is an error."""
    exact = dollars * NANO_PER_MILLION
    whole = exact.to_integral_value()
    if abs(exact - whole) > abs(exact) * Decimal("1e-7"):
        raise ValueError(f"finer than one nano-dollar per million: {dollars}")
    return int(whole)


def litellm_rates(entry):
    """{(plan, above): {bucket: price}}; keys that price other things (seconds, pages, regions) are not ours."""
    rates = collections.defaultdict(dict)
    for key, value in entry.items():
        found = re.fullmatch(r"(.+?)(?:_above_(\d+)k_tokens)?(?:_(batches|flex|priority))?", key)
        if not found or found[1] not in LITELLM_KEYS or not isinstance(value, (Decimal, int)):
            continue
        above = int(found[2]) * 1000 if found[2] else 0
        rates[(LITELLM_PLANS.get(found[3], "standard"), above)][LITELLM_KEYS[found[1]]] = nano(Decimal(value))
    for tier in entry.get("tiered_pricing", []):
        above = int(tier["range"][0])
        for key, bucket in LITELLM_KEYS.items():
            if key in tier:
                rates[("standard", above)][bucket] = nano(Decimal(tier[key]))
    search = entry.get("search_context_cost_per_query") or {}
    if "search_context_size_medium" in search and ("standard", 0) in rates:
        rates[("standard", 0)]["server_tool_calls"] = nano(Decimal(search["search_context_size_medium"]))
    return dict(rates)


def portkey_prices(config):
    prices = {}
    for key, bucket in PORTKEY_KEYS.items():
        if key in config:
            prices[bucket] = nano(Decimal(config[key]["price"]) / 100)
    extra = config.get("additional_units", {})
    if "cache_write_1h" in extra:
        prices["cache_write_1h"] = nano(Decimal(extra["cache_write_1h"]["price"]) / 100)
    if "thinking_token" in extra:
        prices["reasoning"] = nano(Decimal(extra["thinking_token"]["price"]) / 100)
    if "web_search" in extra:
        prices["server_tool_calls"] = nano(Decimal(extra["web_search"]["price"]) / 100)
    return prices


def portkey_rates(models, name):
    """The second file spells Gemini's context tiers as two models, and service tiers as execution modes."""
    entry = models.get(name) or models.get(name + "-lte-128k")
    if not entry:
        return {}
    config = entry.get("pricing_config", {})
    rates = {("standard", 0): portkey_prices(config.get("pay_as_you_go", {}))}
    if "batch_config" in config:
        rates[("batch", 0)] = portkey_prices(config["batch_config"])
    modes = (entry.get("custom_pricing") or {}).get("regions", {}).get("default", {}).get("execution_modes", {})
    for mode, body in modes.items():
        if mode in ("flex", "priority") and "pricing_config" in body:
            rates[(mode, 0)] = portkey_prices(body["pricing_config"].get("pay_as_you_go", {}))
    return rates


def settle(rates, mode, spec):
    """Drops figures that mean "not offered", and makes every rate self-contained."""
    out = {}
    for (plan, above), prices in sorted(rates.items(), key=lambda r: (r[0][1], PLANS.index(r[0][0]))):
        paid = prices.get("input", 0) > 0
        kept = {b: p for b, p in prices.items() if p > 0 or b in ("input", "output") or not paid}
        if "input" not in kept:
            continue
        if mode == "embedding" or "output" not in kept and plan == "standard" and above == 0:
            kept.pop("output", None)
        elif "output" not in kept:
            continue
        if kept.get("reasoning") == kept.get("output"):
            kept.pop("reasoning", None)
        for same in ("image_input", "audio_input"):
            if kept.get(same) == kept["input"]:
                kept.pop(same)
        if kept.get("audio_output") == kept.get("output"):
            kept.pop("audio_output", None)
        out[(plan, above)] = kept
    base = out.get(("standard", 0), {})
    for (plan, above), prices in list(out.items()):
        if (plan, above) == ("standard", 0):
            continue
        # Anthropic's price page says its multipliers stack; elsewhere a plan may have no cache discount at all.
        scaled = above > 0 or spec["id"] == "anthropic"
        complete(prices, out.get((plan, 0)) if above else base, scaled_cache=scaled)
    # A plan without its own long-context rate falls back to the standard one at run time; where the plan is a flat
    # fraction of the standard price, the same fraction holds there.
    for plan in PLANS[1:]:
        flat = out.get((plan, 0))
        for above in sorted(a for p, a in out if p == "standard" and a):
            tier = out[("standard", above)]
            if flat and (plan, above) not in out and plan in ("batch", "flex") and halves(flat, base):
                out[(plan, above)] = {b: p if b == "server_tool_calls" else p // 2 for b, p in tier.items()}
    return out


def halves(prices, base):
    return all(prices.get(b, 0) * 2 == base.get(b, 0) for b in ("input", "output"))


def complete(prices, base, scaled_cache):
    """Copies what `base` lists and `prices` does not, in proportion to input (or output) price."""
    for bucket in ("cache_read", "cache_write_5m", "cache_write_1h", "audio_input", "image_input", "reasoning",
                   "audio_output", "server_tool_calls"):
        if not base or bucket in prices or bucket not in base:
            continue
        if bucket == "server_tool_calls":
            prices[bucket] = base[bucket]
        elif bucket == "cache_read" and not scaled_cache:
            continue  # No published cache discount on that plan: the input price applies.
        else:
            by = "output" if bucket in ("reasoning", "audio_output") else "input"
            if base.get(by) and by in prices:
                prices[bucket] = base[bucket] * prices[by] // base[by]


class Report:
    def __init__(self):
        self.skipped = collections.Counter()
        self.compared = self.agreed = 0
        self.disputes = []
        self.refused = []
        self.evidence = collections.Counter()
        self.single_disputed_rows = set()

    def compare(self, spec, name, ours, theirs, linked):
        """Compares figure by figure; True if nothing disagrees."""
        clean, overlap = True, 0
        for rate, prices in theirs.items():
            for bucket, price in prices.items():
                mine = ours.get(rate, {}).get(bucket)
                if mine is None:
                    continue
                overlap += 1
                self.compared += 1
                if mine == price:
                    self.agreed += 1
                else:  # Tool calls are priced per tool, which neither file can say: noted, but no dispute.
                    clean = clean and bucket == "server_tool_calls"
                    self.disputes.append((spec["id"], name, rate[0], bucket, mine, price, linked))
        return clean, overlap


def strip(name, spec):
    for prefix in spec["prefix"]:
        if name.startswith(prefix):
            return name[len(prefix):]
    return name


def wanted(name, spec, retired_before, entry):
    if spec["keep"] and not re.search(spec["keep"], name):
        return "not curated"
    if spec["drop"] and re.search(spec["drop"], name):
        return "not curated"
    if re.search(curation.NOT_TEXT, name, re.I):
        return "not text"
    if entry.get("deprecation_date", "9999") < retired_before:
        return "retired"
    return None


def vendor_link(entry, spec):
    source = entry.get("source") or ""
    return source if any(v in source for v in spec["vendor"]) else None


def from_litellm(files, spec, report, args):
    """Models of one provider in the first file, by our name for them."""
    found = {}
    for key, entry in files.items():
        if entry.get("litellm_provider") not in spec["litellm"] or entry.get("mode") not in MODES:
            continue
        if key != strip(key, spec) or not any(p + key in files for p in spec["prefix"]):
            name = strip(key, spec)
            reason = wanted(name, spec, args.retired_before, entry)
            if not reason and spec["id"] in curation.VENDOR_LINK_REQUIRED and not vendor_link(entry, spec):
                reason = "no vendor link"
            if not reason and spec["prefix"] and spec["id"] == "google" and not key.startswith("gemini/"):
                reason = "another platform's entry"
            if reason:
                report.skipped[reason] += 1
                continue
            found.setdefault(name, entry)
    return found


def rate_entry(plan, above, prices):
    return dict([("plan", plan), ("above", above)] + [(b, prices[b]) for b in BUCKETS if b in prices])


def model_entry(spec, name, entry, rates, evidence, source, args):
    mode = MODES[entry["mode"]]
    known = [c for flag, c in CAPABILITY_FLAGS if entry.get(flag)]
    limits = (entry.get("max_input_tokens"), entry.get("max_output_tokens"))
    for (provider, pattern), values in curation.LIMITS.items():
        if provider == spec["id"] and re.match(pattern, name) and limits == (None, None):
            limits = values
    for (provider, pattern), values in curation.CAPABILITIES.items():
        if provider == spec["id"] and re.match(pattern, name) and not known:
            known = values
    model = {"provider": spec["id"], "model": name, "aliases": [], "mode": mode}
    if limits[0]:
        model["context_window"] = int(limits[0])
    if limits[1] and mode != "moderation":
        model["max_output_tokens"] = int(limits[1])
    if known:
        model["capabilities"] = known
    if "deprecation_date" in entry:
        model["retires"] = entry["deprecation_date"]
    ordered = sorted(rates, key=lambda r: (PLANS.index(r[0]), r[1]))
    model["prices"] = [{
        "version": args.date, "effective_from": args.effective_from, "source": source, "checked": args.date,
        "evidence": evidence,
        "rates": [rate_entry(plan, above, rates[(plan, above)]) for plan, above in ordered],
    }]
    return model


def build_provider(spec, litellm, portkey, report, args):
    models = {}
    first = from_litellm(litellm, spec, report, args)
    for name, entry in first.items():
        if (spec["id"], name) in curation.REFUSED:
            report.refused.append((spec["id"], name, curation.REFUSED[(spec["id"], name)]))
            continue
        mode = MODES[entry["mode"]]
        ours = settle(litellm_rates(entry), mode, spec)
        short = name.rsplit("/", 1)[-1] if spec["id"] == "fireworks" else name
        theirs = settle(portkey_rates(portkey, short), mode, spec)
        free = (spec["id"], name) in curation.FREE
        base = ours.get(("standard", 0), {})
        if free:
            ours = {("standard", 0): {"input": 0} if mode == "moderation" else {"input": 0, "output": 0}}
        elif not base.get("input"):
            report.skipped["no price"] += 1
            continue
        link = vendor_link(entry, spec)
        clean, overlap = report.compare(spec, name, ours, theirs if not free else {}, bool(link))
        source, evidence = link or curation.LITELLM_URL, "single"
        if overlap:
            evidence = "confirmed" if clean else "disputed"
        for rate, prices in theirs.items():  # Plans that only the second file has, if it agrees otherwise.
            if clean and overlap and rate not in ours and not free:
                ours[rate] = prices
        report.evidence[evidence] += 1
        models[name] = model_entry(spec, name, entry, ours, evidence, source, args)
    for name in portkey if spec["portkey_only"] else []:
        if name in models or not re.search(spec["portkey_only"], name) or re.search(curation.NOT_TEXT, name):
            continue
        if spec["drop"] and re.search(spec["drop"], name):
            continue
        rates = settle(portkey_rates(portkey, name), "chat", spec)
        if not rates.get(("standard", 0), {}).get("input"):
            continue
        report.evidence["single"] += 1
        models[name] = model_entry(spec, name, {"mode": "chat"}, rates, "single", curation.PORTKEY_URL, args)
    return fold(models, spec)


DATE = r"-(\d{4}-\d{2}-\d{2}|\d{8}|\d{4})$"


def facts(model):
    price = dict(model["prices"][0])
    return json.dumps([model["mode"], price["rates"], model.get("context_window")])


def within(snapshot, family):
    """True if everything known about the snapshot's price is also true of the family."""
    def table(model):
        return {(r["plan"], r["above"], b): r[b] for r in model["prices"][0]["rates"]
                for b in BUCKETS if b in r and b != "server_tool_calls"}
    wide = table(family)
    return snapshot["mode"] == family["mode"] and all(wide.get(k) == v for k, v in table(snapshot).items())


def fold(models, spec):
    """A snapshot that costs what its family costs is an alias of the family; otherwise it stands alone."""
    gone = set()
    for name in sorted(models):
        family = re.sub(DATE, "", name)
        target = None
        if family != name and family in models and within(models[name], models[family]):
            target = family
        elif "/" in name and spec["id"] == "fireworks":
            short = name.rsplit("/", 1)[-1]
            same = short != name and short in models and facts(models[short]) == facts(models[name])
            target = short if same else None
        elif name.endswith("-latest") and name[:-7] in models and facts(models[name[:-7]]) == facts(models[name]):
            target = name[:-7]
        if family != name and family in models and not target and within(models[family], models[name]):
            models[family]["prices"] = models[name]["prices"]  # The snapshot's row knows more plans.
            target = family
        if target and target not in gone:
            models[target]["aliases"] += [name] + models[name]["aliases"]
            gone.add(name)
    for name in gone:
        del models[name]
    for name, aliases in spec["aliases"].items():
        holder = models.get(name) or next((m for m in models.values() if name in m["aliases"]), None)
        for alias in aliases:
            if holder is None or alias == holder["model"] or alias in holder["aliases"]:
                continue
            if alias in models:  # The file lists the pointer as a model of its own: it is the same model.
                if not within(models[alias], holder):
                    continue
                del models[alias]
            holder["aliases"].append(alias)
    if spec["id"] == "fireworks":  # Clients send the full resource name.
        for model in models.values():
            if "/" not in model["model"]:
                full = "accounts/fireworks/models/" + model["model"]
                if full not in model["aliases"] and not any("/routers/" in a for a in model["aliases"]):
                    model["aliases"].append(full)
            else:
                model["aliases"].append(model["model"].rsplit("/", 1)[-1])
    return [models[name] for name in sorted(models)]


def keep_history(models, previous, args):
    """Price rows are never changed: a model whose prices differ from its newest row gets one more, a model that has
    left the files stays. Only the day of the last comparison moves."""
    taken = {(m["provider"], n) for m in models for n in [m["model"]] + m["aliases"]}
    old = {(m["provider"], m["model"]): m for m in previous["models"]}
    for model in models:
        before = old.get((model["provider"], model["model"]))
        if not before:
            continue
        newest, now = before["prices"][-1], model["prices"][0]
        if newest["rates"] == now["rates"]:
            newest["checked"], newest["evidence"] = now["checked"], now["evidence"]
            model["prices"] = before["prices"]
        else:
            assert newest["version"] != args.date, f"{model['model']}: two price rows of one day; use another --date"
            model["prices"] = before["prices"] + [now]
    gone = [dict(m, aliases=[a for a in m.get("aliases", []) if (m["provider"], a) not in taken])
            for key, m in old.items() if key not in taken]
    order = [p["id"] for p in curation.PROVIDERS]
    return sorted(models + gone, key=lambda m: (order.index(m["provider"]), m["model"]))


def check(models):
    seen = {}
    for model in models:
        for name in [model["model"]] + model["aliases"]:
            key = (model["provider"], name)
            assert key not in seen, f"{key} twice"
            seen[key] = True
        for rate in [rate for row in model["prices"] for rate in row["rates"]]:
            for bucket in BUCKETS:
                assert 0 <= rate.get(bucket, 0) < 10**15, (model["model"], rate)


def write(path, providers, models, args):
    head = [{"id": p["id"], "name": p["name"], "region": p["region"], "trains_on_inputs": p["trains"],
             "terms": p["terms"], "first_party": p["first_party"]} for p in providers]
    compact = dict(separators=(",", ":"), ensure_ascii=False)
    lines = ['{"format":1,"version":' + json.dumps(args.date) + ',"providers":[']
    lines.append(",\n".join(json.dumps(p, **compact) for p in head))
    lines.append('],"models":[')
    lines.append(",\n".join(json.dumps({k: v for k, v in m.items() if v != []}, **compact) for m in models))
    lines.append("]}")
    pathlib.Path(path).write_text("\n".join(lines) + "\n")


def money(nano_per_million):
    return f"${Decimal(nano_per_million) / 10**9:f}"


def write_report(path, models, report):
    by_provider = collections.Counter(m["provider"] for m in models)
    out = [f"models: {len(models)}, names incl. aliases: {sum(1 + len(m['aliases']) for m in models)}",
           "by provider: " + ", ".join(f"{p} {n}" for p, n in by_provider.items()),
           "by mode: " + ", ".join(f"{m} {n}" for m, n in collections.Counter(m["mode"] for m in models).items()),
           f"rates: {sum(len(m['prices'][0]['rates']) for m in models)}",
           f"figures in both files: {report.compared}, equal: {report.agreed}",
           "rows before folding: " + ", ".join(f"{k} {v}" for k, v in report.evidence.items()),
           "rows: " + ", ".join(f"{k} {v}" for k,
           v in collections.Counter(m["prices"][0]["evidence"] for m in models).items()),
           "not taken: " + ", ".join(f"{k} {v}" for k, v in report.skipped.items()), "refused:"]
    out += [f"  {p} {m}: {why}" for p, m, why in report.refused]
    out += ["disagreements (kept | other file), per million:"]
    for p, m, plan, bucket, kept, other, linked in report.disputes:
        note = "" if linked else "  (no vendor link)"
        out.append(f"  {p} {m} {plan} {bucket}: {money(kept)} | {money(other)}{note}")
    pathlib.Path(path).write_text("\n".join(out) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("litellm")
    parser.add_argument("portkey")
    parser.add_argument("--date", required=True, help="the price rows' version and the day they were checked")
    parser.add_argument("--effective-from", help="default: the date")
    parser.add_argument("--retired-before", default="2026-06-01", help="leave out models switched off before this day")
    parser.add_argument("--previous", help="the catalogue to update: its price rows are kept, changed prices are added")
    parser.add_argument("--out", required=True)
    parser.add_argument("--report")
    args = parser.parse_args()
    args.effective_from = args.effective_from or args.date
    litellm = json.loads(pathlib.Path(args.litellm).read_text(), parse_float=Decimal)
    report, models = Report(), []
    for spec in curation.PROVIDERS:
        file = pathlib.Path(args.portkey) / f"{spec['portkey']}.json"
        portkey = json.loads(file.read_text(), parse_float=Decimal) if spec["portkey"] and file.exists() else {}
        models += build_provider(spec, litellm, portkey, report, args)
    if args.previous:
        models = keep_history(models, json.loads(pathlib.Path(args.previous).read_text()), args)
    check(models)
    write(args.out, curation.PROVIDERS, models, args)
    if args.report:
        write_report(args.report, models, report)


if __name__ == "__main__":
    main()
