import AsyncHTTPClient
import NIOCore
import NIOHTTP1

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension SignalboxClient {
    /// An answer with everything recorded about a call holds two bodies at the recording limit; escaping can make them
    /// six times larger.
    static let maximumAnswerBytes = 512 << 20

    /// Sends a call and gives the body of its answer as it came. Throws where the server refused it.
    package func bytes(_ call: APICall) async throws(SignalboxError) -> [UInt8] {
        let response: HTTPClientResponse
        let bytes: [UInt8]
        do {
            (response, bytes) = try await exchange(try request(for: call))
        } catch {
            throw transportError(error)
        }
        let status = Int(response.status.code)
        guard (200..<300).contains(status) || status == call.alsoAccepts else { throw serverError(response, bytes) }
        return bytes
    }

    /// Sends a request and reads its answer to the end. The HTTP client's own deadline ends with the answer's head, so
    /// a clock runs beside it.
    private func exchange(_ request: HTTPClientRequest) async throws -> (HTTPClientResponse, [UInt8]) {
        try await withThrowingTaskGroup(of: (HTTPClientResponse, [UInt8])?.self) { group in
            group.addTask {
                let response = try await httpClient.execute(request, deadline: .now() + .init(timeout))
                var body = try await response.body.collect(upTo: Self.maximumAnswerBytes)
                return (response, body.readBytes(length: body.readableBytes) ?? [])
            }
            group.addTask {
                try await Task.sleep(for: timeout)
                return nil
            }
            defer { group.cancelAll() }
            guard let answer = try await group.next() ?? nil else { throw HTTPClientError.deadlineExceeded }
            return answer
        }
    }

    /// Sends a call and decodes the JSON of its answer.
    func value<Value: Decodable>(_ call: APICall, as type: Value.Type = Value.self) async throws(SignalboxError)
        -> Value
    {
        try Self.decode(type, from: try await bytes(call))
    }

    /// Decodes an answer. Throws `invalid_answer` where it is not what the API promises.
    package static func decode<Value: Decodable>(
        _ type: Value.Type, from bytes: [UInt8]
    ) throws(SignalboxError) -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch {
            let reason = "The server's answer is not what this client expects (\(error)). Are their versions the same?"
            throw SignalboxError(status: 0, code: "invalid_answer", message: reason)
        }
    }

    /// Encodes a call's body.
    static func encode(_ value: some Encodable) throws(SignalboxError) -> [UInt8] {
        do {
            return [UInt8](try JSONEncoder().encode(value))
        } catch {
            throw SignalboxError(status: 0, code: "invalid_request", message: "The call can't be written: \(error)")
        }
    }

    /// The HTTP request of a call.
    func request(for call: APICall) throws(SignalboxError) -> HTTPClientRequest {
        guard baseURL.hasPrefix("http://") || baseURL.hasPrefix("https://") else {
            let message = "\"\(baseURL)\" is no base URL; it begins with http:// or https://."
            throw SignalboxError(status: 0, code: "invalid_url", message: message)
        }
        var request = HTTPClientRequest(url: baseURL + "/api/v1" + call.path + QueryItem.text(call.query))
        request.method = call.method
        if !key.isEmpty { request.headers.add(name: "authorization", value: "Bearer \(key)") }
        request.headers.add(name: "accept", value: "application/json")
        if let body = call.body {
            request.headers.add(name: "content-type", value: "application/json")
            request.body = .bytes(ByteBuffer(bytes: body))
        }
        return request
    }

    /// What the server says about a call that it refused.
    func serverError(_ response: HTTPClientResponse, _ bytes: [UInt8]) -> SignalboxError {
        let status = Int(response.status.code)
        let requestID = response.headers.first(name: "x-signalbox-request-id")
        guard let envelope = try? JSONDecoder().decode(ErrorEnvelope.self, from: Data(bytes)) else {
            let message = "\(baseURL) answered \(status) without an error of Signalbox's. Is it the right address?"
            return SignalboxError(status: status, code: "invalid_answer", message: message, requestID: requestID)
        }
        let error = envelope.error
        return SignalboxError(
            status: status, code: error.code, message: error.message, requestID: error.requestID ?? requestID)
    }

    /// What it means that no answer came.
    func transportError(_ error: any Error) -> SignalboxError {
        if let known = error as? SignalboxError { return known }
        if error is NIOTooManyBytesError {
            return SignalboxError(status: 0, code: "invalid_answer", message: "The answer is too large to take in.")
        }
        switch error as? HTTPClientError {
        case .deadlineExceeded, .readTimeout:
            let message = "\(baseURL) did not answer in time. Is it overloaded, or still replaying its journal?"
            return SignalboxError(status: 0, code: "deadline_exceeded", message: message)
        case .invalidURL, .emptyHost, .emptyScheme:
            return SignalboxError(status: 0, code: "invalid_url", message: "\"\(baseURL)\" is no base URL.")
        default:
            let message = "\(baseURL) can't be reached (\(error)). Is the server running, and is this its address?"
            return SignalboxError(status: 0, code: "unreachable", message: message)
        }
    }
}
