/// Readable filler: short, grammatical sentences about a small railway.
enum Sentences {
    private static let subjects = [
        "The morning train", "The signal at the junction", "A quiet branch line", "The night mail", "The old lamp room",
        "The timetable", "The stationmaster", "The points crew", "A freight from the coast", "The dispatcher",
    ]
    private static let verbs = [
        "follows", "waits for", "clears", "announces", "checks", "holds back", "passes", "records", "guides",
        "explains",
    ]
    private static let objects = [
        "the next route", "the slow goods", "every crossing", "the single line", "the last connection",
        "the platform clock", "the mountain express", "the empty siding", "the longer way round", "the yellow aspect",
    ]
    private static let tails = [
        "before noon", "without delay", "as agreed", "in plain sight", "twice a day", "with a steady hand",
        "until the line is clear", "after the bell", "once the fog lifts", "as it did last year",
    ]
    private static let lorem = [
        "lorem", "ipsum", "dolor", "sit", "amet", "consectetur", "adipiscing", "elit", "sed", "do", "eiusmod", "tempor",
        "incididunt", "ut", "labore", "et", "dolore", "magna", "aliqua",
    ]
    private static let single = [
        "amber", "cedar", "delta", "harbor", "juniper", "meadow", "orchid", "quartz", "willow",
    ]

    /// Two to four sentences.
    static func paragraph(_ random: inout SeededRandom) -> String {
        (0..<(2 + random.below(3))).map { _ in sentence(&random) }.joined(separator: " ")
    }

    static func sentence(_ random: inout SeededRandom) -> String {
        "\(random.pick(subjects)) \(random.pick(verbs)) \(random.pick(objects)) \(random.pick(tails))."
    }

    static func word(_ random: inout SeededRandom) -> String { random.pick(single) }

    /// Exactly `count` words.
    static func words(_ count: Int) -> String {
        (0..<count).map { lorem[$0 % lorem.count] }.joined(separator: " ")
    }

    /// Exactly `count` ASCII bytes of words.
    static func filler(bytes count: Int) -> String {
        let block = Array((words(lorem.count) + " ").utf8)
        return String(decoding: (0..<count).map { block[$0 % block.count] }, as: UTF8.self)
    }
}
