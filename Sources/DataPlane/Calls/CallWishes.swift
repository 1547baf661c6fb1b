import Bytes
import Gateway
import NIOCore
import Providers
import Routing

// What headers and members of other products, and our own, say about routing, caching and limits.

extension Call {
    /// Reads the wishes of a call that has some; most have none.
    func readPreferences(_ outline: RequestOutline, _ endpoint: Endpoint) throws(GatewayFailure) {
        guard outline.hasRoutingMembers || !caller.wishes.isEmpty else { return }
        let headers = HeaderList(caller.wishes)
        let result: Result<RoutePreferences, RouteFault> = requestBody.withUnsafeReadableBytes { bytes in
            do throws(RouteFault) {
                return .success(try wishes(headers, JSONView(validated: bytes), outline))
            } catch {
                return .failure(error)
            }
        }
        do {
            let found = try result.get()
            if found != RoutePreferences() { preferences = found }
        } catch {
            throw .wish(error)
        }
    }

    /// Our own headers win over those of other products, headers over members.
    private func wishes(
        _ headers: HeaderList, _ body: JSONView, _ outline: RequestOutline
    ) throws(RouteFault) -> RoutePreferences {
        var found = try SignalboxPreferences.read(headers: headers)
        if !caller.wishes.isEmpty {
            found.cache = try CacheWishes.read(headers).over(found.cache)
            found = found.over(try PortkeyPreferences.read(headers: headers, model: outline.model))
            found = found.over(try HeliconePreferences.read(headers: headers))
            found = found.over(try LiteLLMPreferences.read(headers: headers))
        }
        if outline.hasRoutingMembers {
            found = found.over(try LiteLLMPreferences.read(body: body, model: outline.model))
            found = found.over(try OpenRouterPreferences.read(body: body))
        }
        return found
    }
}

extension GatewayFailure {
    /// A wish that can't be read, or that is not granted.
    fileprivate static func wish(_ fault: RouteFault) -> GatewayFailure {
        GatewayFailure(.invalidRequest, status: 400, "\(fault)", parameter: fault.path.isEmpty ? nil : fault.path)
    }
}
