import Storage
import Vocabulary

extension EventStoreConformance {
    static let bodies = [
        Check(name: "a body comes back by its hash, whatever its bytes") { store in
            var sample = SampleSpans(seed: 20)
            let bodies: [[UInt8]] = [[], [0], Array("{\"a\":1}".utf8), [UInt8](repeating: 0xFF, count: 300_000)]
            let pieces = bodies.map { ContentPiece(hash: sample.hash(), project: "p1", bytes: $0) }
            try store.append(EventBatch(contents: pieces))
            let missing = sample.hash()
            let found = try await store.contents(pieces.map(\.hash) + [missing, pieces[1].hash], project: "p1")
            try requireEqual(found.count, pieces.count, "number of bodies found")
            for piece in pieces {
                try require(found[piece.hash] == piece.bytes, "a body of \(piece.bytes.count) bytes came back changed")
            }
        },
        Check(name: "a body stored again costs nothing and changes nothing") { store in
            var sample = SampleSpans(seed: 21)
            let piece = ContentPiece(hash: sample.hash(), project: "p1", bytes: [1, 2, 3])
            let impostor = ContentPiece(hash: piece.hash, project: "p1", bytes: [9])
            try store.append(EventBatch(contents: [piece, piece]))
            try store.append(EventBatch(contents: [impostor]))
            try requireEqual(try await store.statistics().contents, 1, "statistics().contents")
            let found = try await store.contents([piece.hash], project: "p1")
            try requireEqual(found[piece.hash], [1, 2, 3], "the body")
        },
        Check(name: "bodies are never shared between projects") { store in
            var sample = SampleSpans(seed: 22)
            let hash = sample.hash()
            try store.append(EventBatch(contents: [ContentPiece(hash: hash, project: "p1", bytes: [1])]))
            try require(try await store.contents([hash], project: "p2").isEmpty, "p2 reads a body of p1")
            try store.append(EventBatch(contents: [ContentPiece(hash: hash, project: "p2", bytes: [2])]))
            try requireEqual(try await store.contents([hash], project: "p1"), [hash: [1]], "p1's body")
            try requireEqual(try await store.contents([hash], project: "p2"), [hash: [2]], "p2's body")
        },
        Check(name: "many bodies, most of them repeated, are each stored once") { store in
            var sample = SampleSpans(seed: 23)
            let hashes = (0..<500).map { _ in sample.hash() }
            for turn in 1...20 {
                let pieces = hashes.prefix(turn * 25).map { ContentPiece(hash: $0, project: "p1", bytes: [7]) }
                try store.append(EventBatch(contents: pieces))
            }
            try requireEqual(try await store.statistics().contents, 500, "statistics().contents")
            try requireEqual(try await store.contents(hashes, project: "p1").count, 500, "bodies found")
        },
    ]

    static let journal = [
        Check(name: "journal positions are those of the last append, segment by segment") { store in
            try requireEqual(try store.journalPositions(), [:], "positions of a new store")
            try store.append(EventBatch(journalPositions: ["a": 10, "b": UInt64(Int64.max)]))
            try store.append(EventBatch(journalPositions: ["a": 20]))
            try requireEqual(try store.journalPositions(), ["a": 20, "b": UInt64(Int64.max)], "positions")
        },
        Check(name: "forgotten segments are gone, others stay") { store in
            try store.append(EventBatch(journalPositions: ["a": 1, "b": 2, "c": 3]))
            try store.forgetJournal(segments: ["a", "c", "never there"])
            try requireEqual(try store.journalPositions(), ["b": 2], "positions")
        },
    ]
}
