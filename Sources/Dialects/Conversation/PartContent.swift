extension Part {
    /// The picture, document, recording or film that it is, if it is one.
    package var media: Media? {
        switch content {
        case .image(let media), .document(let media), .audio(let media), .video(let media): media
        default: nil
        }
    }

    /// The text that it is, refusals included, if it is text.
    package var plainText: String? {
        switch content {
        case .text(let text), .refusal(let text): text
        default: nil
        }
    }
}
