/// True where `value` is within `tolerance` of `reference`, relative to it (absolute below 1).
func near(_ value: Double?, _ reference: Double, within tolerance: Double = 1e-9) -> Bool {
    guard let value else { return false }
    return abs(value - reference) <= tolerance * max(1, abs(reference))
}
