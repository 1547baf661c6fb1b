import Access
import ControlAPI
import Foundation
import HTTPTypes
import Storage
import Testing
import Vocabulary

struct KeyGrantEndpointTests {
    @Test func aKeyCanBeGivenEverythingAtOnceAndItComesBack() async throws {
        let server = try await Server()
        _ = try await server.send(.post, "/api/v1/teams", body: #"{"id":"search"}"#)
        let made = try await server.send(
            .post, "/api/v1/keys",
            body: #"""
                {"name":"app","team":"search","scopes":["inference"],"parameter_policy":"strict",
                 "model_aliases":{"fast":"gpt-4o-mini"},"tags":["beta"],"metadata":{"owner":"ada"},
                 "takes_user_as_customer":true,"allowed_models":["gpt-*"],
                 "rules":{"budgets":[{"id":"monthly","limit":100000000000,"window":"month","mode":"soft",
                   "increase":{"amount":5,"until":"2027-02-01T00:00:00Z"}}],
                   "limits":[{"id":"rpm","unit":"requests","limit":60}]},
                 "customer_rules":{"budgets":[{"id":"each","limit":7,"window":"lifetime"}]}}
                """#)
        #expect(made.status == 201, "\(made.text)")
        let key = try #require(try await server.keys.list(project: "default").last)
        #expect(key.team == "search" && key.scopes == [.inference] && key.parameterPolicy == .strict)
        #expect(key.modelAliases == ["fast": "gpt-4o-mini"] && key.tags == ["beta"] && key.takesUserAsCustomer)
        let increase = TemporaryIncrease(amount: 5, until: 1_801_440_000_000_000)
        #expect(
            key.rules.budgets == [
                BudgetRule(id: "monthly", limit: 100_000_000_000, window: .month, mode: .soft, increase: increase)
            ])
        #expect(key.rules.limits == [LimitRule(id: "rpm", unit: .requests, limit: 60)])
        let rules = try #require(made.object["rules"] as? [String: Any])
        let limits = try #require(rules["limits"] as? [[String: Any]])
        #expect(limits.first?["period_ms"] as? Int == 60_000)
        let again = try JSONSerialization.data(withJSONObject: ["rules": rules])
        let changed = try await server.send(
            .patch, "/api/v1/keys/\(key.id)", body: String(decoding: again, as: UTF8.self))
        #expect(changed.status == 200, "what was read can be sent back: \(changed.text)")
        #expect(try await server.keys.list(project: "default").last?.rules == key.rules)
    }

    @Test(arguments: [
        (#"{"rules":5}"#, "`rules`"), (#"{"rules":{"budget":[]}}"#, "did you mean `budgets`"),
        (#"{"rules":{"budgets":[{"limit":1,"window":"day"}]}}"#, "`rules.budgets[0].id`"),
        (#"{"rules":{"budgets":[{"id":"a","limit":"1","window":"day"}]}}"#, "`rules.budgets[0].limit`"),
        (#"{"rules":{"budgets":[{"id":"a","limit":1,"window":"fortnight"}]}}"#, "`rules.budgets[0].window`"),
        (#"{"rules":{"budgets":[{"id":"a","limit":-1,"window":"day"}]}}"#, "limit is -1"),
        (#"{"rules":{"limits":[{"id":"a","unit":"calls","limit":1}]}}"#, "`rules.limits[0].unit`"),
        (#"{"scopes":["admin"]}"#, "`scopes`"), (#"{"scopes":["all"]}"#, "`scopes`"),
        (#"{"parameter_policy":"loose"}"#, "`parameter_policy`"), (#"{"metadata":{"a":1}}"#, "`metadata`"),
        (#"{"model_aliases":{"a":"b","a":"c"}}"#, "`model_aliases`"), (#"{"blocked":"yes"}"#, "`blocked`"),
        (#"{"allowed_models":["a*b"]}"#, "`allowed_models`"),
    ])
    func whatDoesNotFitIsNamedByItsPlace(body: String, part: String) async throws {
        let server = try await Server()
        let made = try await server.send(.post, "/api/v1/keys", body: #"{"name":"a"}"#)
        let id = try #require(made.object["id"] as? String)
        let answer = try await server.send(.patch, "/api/v1/keys/\(id)", body: body)
        #expect(answer.status == 400)
        #expect(answer.errorMessage.contains(part), "\(answer.errorMessage)")
    }

    @Test func aRotatedKeyAnswersToBothSecretsUntilTheGraceIsOver() async throws {
        let server = try await Server()
        let made = try await server.send(.post, "/api/v1/keys", body: #"{"name":"a","role":"admin"}"#)
        let id = try #require(made.object["id"] as? String)
        let old = try #require(made.object["secret"] as? String)
        let rotated = try await server.send(.post, "/api/v1/keys/\(id)/rotate")
        let new = try #require(rotated.object["secret"] as? String)
        let retired = try #require(rotated.object["retired_secrets"] as? [[String: Any]])
        #expect(retired.first?["valid_until"] as? String == "2027-01-16T08:00:00.000000Z")
        for secret in [old, new] { #expect(try await server.send(.get, "/api/v1/models", key: secret).status == 200) }
        let last = try await server.send(.post, "/api/v1/keys/\(id)/rotate", body: #"{"grace_seconds":0}"#)
        #expect(last.status == 200)
        #expect(try await server.send(.get, "/api/v1/models", key: new).errorCode == "revoked_key")
        let long = try await server.send(
            .post, "/api/v1/keys/\(id)/rotate", body: #"{"grace_seconds":9223372036854775807}"#)
        #expect(long.status == 400)
        #expect(long.errorMessage.contains("grace_seconds"))
    }

    @Test func aBlockedKeyIsListedAsSuch() async throws {
        let server = try await Server()
        let made = try await server.send(.post, "/api/v1/keys", body: #"{"name":"a","role":"admin"}"#)
        let id = try #require(made.object["id"] as? String)
        let secret = try #require(made.object["secret"] as? String)
        #expect(try await server.send(.post, "/api/v1/keys/\(id)/block").object["blocked"] as? Bool == true)
        #expect(try await server.send(.get, "/api/v1/models", key: secret).errorCode == "blocked_key")
        #expect(try await server.send(.get, "/api/v1/keys?status=blocked").list.count == 1)
        #expect(try await server.send(.post, "/api/v1/keys/\(id)/unblock").object["blocked"] as? Bool == false)
        #expect(try await server.send(.get, "/api/v1/models", key: secret).status == 200)
    }

    @Test func aKeyWithReadingScopesReadsAndChangesNothing() async throws {
        let server = try await Server()
        let made = try await server.send(
            .post, "/api/v1/keys", body: #"{"name":"view","role":"admin","scopes":["records.read"]}"#)
        let viewer = try #require(made.object["secret"] as? String)
        for path in ["requests", "summary", "models", "status", "budgets"] {
            #expect(try await server.send(.get, "/api/v1/\(path)", key: viewer).status == 200, "\(path)")
        }
        for path in ["keys", "teams"] {
            let answer = try await server.send(.get, "/api/v1/\(path)", key: viewer)
            #expect(answer.status == 403 && answer.errorCode == "scope_required", "\(path)")
        }
    }

    @Test func onlyTheDefaultProjectMakesProjectsAndKeysForThem() async throws {
        let server = try await Server()
        #expect(try await server.send(.post, "/api/v1/projects", body: #"{"id":"shop"}"#).status == 201)
        let made = try await server.send(
            .post, "/api/v1/keys", body: #"{"name":"shop","role":"admin","project":"shop"}"#)
        let shop = try #require(made.object["secret"] as? String)
        #expect(made.object["project"] as? String == "shop")
        #expect(try await server.send(.get, "/api/v1/projects", key: shop).errorCode == "default_project_required")
        let other = try await server.send(
            .post, "/api/v1/keys", key: shop, body: #"{"name":"x","project":"default"}"#)
        #expect(other.status == 400)
        #expect(try await server.send(.post, "/api/v1/teams", key: shop, body: #"{"id":"t"}"#).status == 201)
        #expect(try await server.send(.get, "/api/v1/teams").list.isEmpty)
        #expect(try await server.send(.get, "/api/v1/teams", key: shop).list.count == 1)
    }

    @Test func anIdMayHoldAnyCharacter() async throws {
        let server = try await Server()
        let id = "größer / 100%41+ & more"
        let body = try JSONSerialization.data(withJSONObject: ["id": id])
        let made = try await server.send(.post, "/api/v1/customers", body: String(decoding: body, as: UTF8.self))
        #expect(made.status == 201)
        let encoded = try #require(id.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
        let shown = try await server.send(.get, "/api/v1/customers/\(encoded)")
        #expect(shown.object["id"] as? String == id, "\(shown.text)")
        #expect(try await server.send(.delete, "/api/v1/customers/\(encoded)").status == 204)
    }

    @Test func whoIsInUseIsNotRemoved() async throws {
        let server = try await Server()
        _ = try await server.send(.post, "/api/v1/teams", body: #"{"id":"search"}"#)
        _ = try await server.send(.post, "/api/v1/users", body: #"{"id":"ada","team":"search"}"#)
        let answer = try await server.send(.delete, "/api/v1/teams/search")
        #expect(answer.status == 409)
        #expect(answer.errorMessage.contains("`ada`"))
        let nobody = try await server.send(.post, "/api/v1/users", body: #"{"id":"bob","team":"none"}"#)
        #expect(nobody.status == 404 && nobody.errorCode == "team_not_found")
    }

    @Test func budgetsOfOthersAreOutOfSight() async throws {
        let server = try await Server()
        _ = try await server.send(.post, "/api/v1/projects", body: #"{"id":"shop"}"#)
        let made = try await server.send(
            .post, "/api/v1/keys", body: #"{"name":"shop","role":"admin","project":"shop"}"#)
        let shop = try #require(made.object["secret"] as? String)
        let rules = #"{"budgets":[{"id":"day","limit":5,"window":"day"}]}"#
        for key in [Server.adminSecret, shop] {
            _ = try await server.send(.post, "/api/v1/teams", key: key, body: #"{"id":"t","rules":\#(rules)}"#)
        }
        let states = [Subject(.team, "t"), Subject(.team, "shop/t"), Subject(.customer, "shop/acme")].map {
            BudgetState(subject: $0, rule: "day", unit: "money", mode: .hard, limit: 5, used: 1)
        }
        server.budgets.value = states
        let theirs = try await server.send(.get, "/api/v1/budgets", key: shop)
        #expect(theirs.list.count == 1)
        #expect((theirs.list.first?["subject"] as? [String: Any])?["id"] as? String == "t")
        #expect(try await server.send(.get, "/api/v1/budgets?kind=key", key: shop).list.isEmpty)
        let acme = try await server.send(.get, "/api/v1/budgets?kind=customer&id=acme", key: shop)
        #expect(acme.list.count == 1)
        #expect(try await server.send(.get, "/api/v1/budgets?kind=customer&id=acme").list.isEmpty)
        #expect(try await server.send(.get, "/api/v1/budgets/history", key: shop).list.count == 1)
    }

    @Test func budgetsArePaged() async throws {
        let server = try await Server()
        let budgets = (0..<5).map { #"{"id":"r\#($0)","limit":5,"window":"day"}"# }.joined(separator: ",")
        _ = try await server.send(.post, "/api/v1/teams", body: #"{"id":"t","rules":{"budgets":[\#(budgets)]}}"#)
        var seen: [String] = []
        var cursor: String? = ""
        while let place = cursor {
            let answer = try await server.send(.get, "/api/v1/budgets/history?limit=2&cursor=\(place)")
            seen += answer.list.compactMap { $0["rule"] as? String }
            cursor = answer.nextCursor
        }
        #expect(seen == ["r0", "r1", "r2", "r3", "r4"])
    }
}
