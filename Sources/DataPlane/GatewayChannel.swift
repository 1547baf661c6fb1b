package import HummingbirdCore
package import Logging
package import NIOCore
import NIOHTTP1
package import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// A connection of the server: HTTP/1.1, with the data plane in front of Hummingbird's own request handling.
///
/// Model traffic never reaches a task: a handler pair on one event loop moves its bytes. Everything else is served by
/// Hummingbird as usual.
package struct GatewayChannel: ServerChildChannel, HTTPChannelHandler {
    package typealias Value = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

    package let responder: HTTPChannelHandler.Responder
    private let loops: DataPlaneLoops

    package init(loops: DataPlaneLoops, responder: @escaping HTTPChannelHandler.Responder) {
        self.loops = loops
        self.responder = responder
    }

    package func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        let loops = loops
        return channel.eventLoop.makeCompletedFuture {
            let context = loops.context(of: channel.eventLoop)
            let pipeline = channel.pipeline.syncOperations
            var limits = NIOHTTPDecoderLimitConfiguration()
            limits.maxHeaderFieldSize = context.settings.headerBytes
            limits.maxHeaderListSize = context.settings.headerBytes
            limits.maxHeaderFieldCount = context.settings.headerCount
            try pipeline.configureHTTPServerPipeline(
                withPipeliningAssistance: false,  // DataPlaneHandler keeps the order of requests.
                withErrorHandling: false,
                withOutboundHeaderValidation: false,  // The decoder admits no header that could split an answer.
                withEncoderConfiguration: .init(),
                withDecoderLimitConfiguration: limits
            )
            try pipeline.addHandler(DataPlaneHandler(loop: context))
            try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: false))
            try pipeline.addHandler(HTTPConnectionStateHandler(idleTimeout: nil, logger: logger))
            return try NIOAsyncChannel(
                wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true)
            )
        }
    }

    package func handle(value: Value, logger: Logger) async {
        await handleHTTP(asyncChannel: value, logger: logger)
    }
}
