import Bytes

extension RouteNode {
    /// Writes the members of a route's root into the object that is open.
    func writeRootMembers(to writer: inout JSONWriter) {
        if case .group(let group) = self { return group.writeMembers(to: &writer) }
        writer.key("targets")
        writer.beginArray()
        RouteMember(self).write(to: &writer)
        writer.endArray()
    }

    /// Writes the node alone, as fallback lists have it.
    func write(to writer: inout JSONWriter) {
        if case .route(let link) = self, link.parameters.isEmpty {
            writer.string(link.name)
        } else {
            RouteMember(self).write(to: &writer)
        }
    }
}

extension RouteMember {
    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        switch node {
        case .target(let reference): reference.writeMembers(to: &writer, memberName: name)
        case .route(let link):
            writer.member("route", link.name)
            writer.member("name", name)
            if !link.parameters.isEmpty { writer.member("parameters", link.parameters) { $1.write(to: &$0) } }
        case .group(let group):
            writer.member("name", name)
            group.writeMembers(to: &writer)
            writer.member("retry", group.retry) { $1.write(to: &$0) }
            writer.member("timeouts", group.timeouts) { $1.write(to: &$0) }
        }
        if weight != 1 { writer.member("weight", weight) { $0.double($1) } }
        if order != 0 { writer.member("order", order) { $0.int($1) } }
        writer.member("when", condition) { $1.write(to: &$0) }
        writer.endObject()
    }
}

extension RouteGroup {
    fileprivate func writeMembers(to writer: inout JSONWriter) {
        writer.member("strategy", strategy.name)
        if case .conditional(let cases, let otherwise) = strategy {
            writer.key("cases")
            writer.beginArray()
            for one in cases { one.write(to: &writer) }
            writer.endArray()
            writer.member("default", otherwise)
        }
        writer.member("on_status", onStatusCodes) { $1.write(to: &$0) }
        if !fallsOver { writer.member("falls_over", false) { $0.bool($1) } }
        writer.key("targets")
        writer.beginArray()
        for member in members { member.write(to: &writer) }
        writer.endArray()
    }
}

extension ConditionalCase {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("when")
        when.write(to: &writer)
        writer.member("use", use)
        writer.endObject()
    }
}

extension TargetReference {
    fileprivate func writeMembers(to writer: inout JSONWriter, memberName: String?) {
        writer.member("provider", provider)
        writer.member("model", model)
        writer.member("name", memberName ?? name)
        if !parameters.isEmpty { writer.member("parameters", parameters) { $1.write(to: &$0) } }
        writer.member("retry", retry) { $1.write(to: &$0) }
        writer.member("timeouts", timeouts) { $1.write(to: &$0) }
    }
}
