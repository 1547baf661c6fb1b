import Bytes
package import Routing
import Vocabulary

/// Reads the `cache` member of a route: `"exact"`, `"semantic"`, or an object.
package enum RouteCache {
    private static let known = ["enabled", "mode", "ttl", "namespace", "threshold", "bucket"]

    /// - Throws: A fault that names the member and the mend.
    package static func read(_ json: String) throws(RouteFault) -> CacheDirectives {
        var json = json
        let result: Result<CacheDirectives, RouteFault> = json.withUTF8 { bytes in
            do throws(RouteFault) {
                return .success(try read(UnsafeRawBufferPointer(bytes)))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private static func read(_ bytes: UnsafeRawBufferPointer) throws(RouteFault) -> CacheDirectives {
        guard let root = try? JSONView.parse(bytes) else { throw fault("", "This is not valid JSON.") }
        switch root.kind {
        case .string: return CacheDirectives(enabled: true, mode: try mode(root, at: ""))
        case .bool: return CacheDirectives(enabled: root.bool)
        case .object: return try object(root)
        case .array, .number, .null: throw fault("", "Write \"exact\", \"semantic\", false or an object.")
        }
    }

    private static func object(_ root: JSONView) throws(RouteFault) -> CacheDirectives {
        var cache = CacheDirectives(enabled: true)
        for (key, value) in root.members {
            switch key {
            case "enabled": cache.enabled = try flag(value)
            case "mode": cache.mode = try mode(value, at: "mode")
            case "ttl": cache.ttlSeconds = try seconds(value)
            case "namespace": cache.namespace = try namespace(value)
            case "threshold": cache.semanticThreshold = try threshold(value)
            case "bucket": cache.bucketSize = try bucket(value)
            default:
                let name = key.string
                throw fault(name, "There is no such member. Known: \(known.joined(separator: ", ")).")
            }
        }
        return cache
    }

    private static func fault(_ member: String, _ message: String) -> RouteFault {
        RouteFault(at: member.isEmpty ? "cache" : "cache.\(member)", message)
    }

    private static func flag(_ value: JSONView) throws(RouteFault) -> Bool {
        guard let flag = value.bool else { throw fault("enabled", "true or false is expected here.") }
        return flag
    }

    private static func mode(_ value: JSONView, at member: String) throws(RouteFault) -> CacheDirectives.Mode {
        guard let mode = value.string.flatMap(CacheDirectives.Mode.init(rawValue:)) else {
            throw fault(member, "\"exact\" or \"semantic\" is expected here.")
        }
        return mode
    }

    /// A duration, or whole seconds.
    private static func seconds(_ value: JSONView) throws(RouteFault) -> Int64 {
        let text = value.string.flatMap { DurationText.nanoseconds($0) }.map { Int64($0 / 1_000_000_000) }
        guard let seconds = text ?? value.int64, (1...CacheRules.longestSeconds).contains(seconds) else {
            throw fault("ttl", "A duration from 1s to 2160h is expected here, such as \"1h\".")
        }
        return seconds
    }

    private static func namespace(_ value: JSONView) throws(RouteFault) -> String {
        guard let name = value.string, (1...200).contains(name.utf8.count) else {
            throw fault("namespace", "A name of at most 200 bytes is expected here.")
        }
        return name
    }

    private static func threshold(_ value: JSONView) throws(RouteFault) -> Double {
        guard let number = value.double, (0.5...FalseHitMeter.highest).contains(number) else {
            throw fault("threshold", "A similarity from 0.5 to \(FalseHitMeter.highest) is expected here.")
        }
        return number
    }

    private static func bucket(_ value: JSONView) throws(RouteFault) -> Int {
        guard let size = value.int64, (1...Int64(CacheRules.largestBucket)).contains(size) else {
            throw fault("bucket", "A whole number from 1 to \(CacheRules.largestBucket) is expected here.")
        }
        return Int(size)
    }
}
