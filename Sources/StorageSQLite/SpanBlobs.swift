import Vocabulary

/// The parts of a span that nothing filters by, as compact blobs. `nil` (NULL in the row) stands for "empty".
enum SpanBlobs {
    static func encode(_ manifest: BodyManifest) -> [UInt8]? {
        if manifest.shell == nil, manifest.parts.isEmpty { return nil }
        var out = CompactWriter()
        out.unsigned(manifest.shell == nil ? 0 : 1)
        if let shell = manifest.shell { out.id(shell) }
        out.unsigned(UInt64(manifest.parts.count))
        for part in manifest.parts {
            out.string(part.key)
            out.unsigned(UInt64(part.hashes.count) << 1 | (part.isList ? 1 : 0))
            for hash in part.hashes { out.id(hash) }
        }
        return out.bytes
    }

    static func encode(_ metadata: [MetadataPair]) -> [UInt8]? {
        if metadata.isEmpty { return nil }
        var out = CompactWriter()
        out.unsigned(UInt64(metadata.count))
        for pair in metadata {
            out.string(pair.key)
            out.string(pair.value)
        }
        return out.bytes
    }

    /// The lines only; the price row's name and source are columns.
    static func encode(_ lines: [ReceiptLine]) -> [UInt8] {
        var out = CompactWriter()
        out.unsigned(UInt64(lines.count))
        for line in lines {
            out.string(line.bucket.rawValue)
            out.signed(line.quantity)
            out.signed(line.nanodollarsPerMillion)
            out.signed(line.amount.nanodollars)
        }
        return out.bytes
    }
}

/// Reading; `nil` means that the bytes are damaged.
extension SpanBlobs {
    static func manifest(_ bytes: UnsafeRawBufferPointer) -> BodyManifest? {
        if bytes.isEmpty { return BodyManifest() }
        var reader = CompactReader(bytes)
        var manifest = BodyManifest()
        guard let hasShell = reader.unsigned() else { return nil }
        if hasShell == 1 {
            guard let shell = reader.id() else { return nil }
            manifest.shell = shell
        }
        guard let count = reader.count(each: 2) else { return nil }
        for _ in 0..<count {
            guard let part = part(&reader) else { return nil }
            manifest.parts.append(part)
        }
        return reader.isAtEnd ? manifest : nil
    }

    private static func part(_ reader: inout CompactReader) -> BodyManifest.Part? {
        guard let key = reader.string(), let packed = reader.unsigned() else { return nil }
        var hashes: [ContentHash] = []
        for _ in 0..<packed >> 1 {
            guard let hash = reader.id() else { return nil }
            hashes.append(hash)
        }
        return BodyManifest.Part(key: key, isList: packed & 1 == 1, hashes: hashes)
    }

    static func metadata(_ bytes: UnsafeRawBufferPointer) -> [MetadataPair]? {
        if bytes.isEmpty { return [] }
        var reader = CompactReader(bytes)
        guard let count = reader.count(each: 2) else { return nil }
        var pairs: [MetadataPair] = []
        for _ in 0..<count {
            guard let key = reader.string(), let value = reader.string() else { return nil }
            pairs.append(MetadataPair(key: key, value: value))
        }
        return reader.isAtEnd ? pairs : nil
    }

    static func receiptLines(_ bytes: UnsafeRawBufferPointer) -> [ReceiptLine]? {
        var reader = CompactReader(bytes)
        guard let count = reader.count(each: 4) else { return nil }
        var lines: [ReceiptLine] = []
        for _ in 0..<count {
            guard let name = reader.string(), let bucket = PriceBucket(rawValue: name),
                let quantity = reader.signed(), let price = reader.signed(), let amount = reader.signed()
            else { return nil }
            lines.append(
                ReceiptLine(
                    bucket: bucket, quantity: quantity, nanodollarsPerMillion: price,
                    amount: Money(nanodollars: amount)))
        }
        return reader.isAtEnd ? lines : nil
    }
}
