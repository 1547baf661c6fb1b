/// The facts of a call beside those of the target that is being considered.
struct TargetedFacts: ConditionFacts {
    let call: any ConditionFacts
    let target: CompiledTarget?

    func value(of field: ConditionField) -> ConditionValue? {
        guard case .target(let field) = field else { return call.value(of: field) }
        return target?.value(of: field)
    }
}

extension CompiledTarget {
    /// What is known of the target; names in lower case, as callers write providers' names in any.
    func value(of field: TargetField) -> ConditionValue? {
        switch field {
        case .provider: .string(reference.provider.lowercased())
        case .model: reference.model.map { .string($0) }
        case .region: facts.region.map { .string($0.lowercased()) }
        case .quantization: facts.quantization.map { .string($0.lowercased()) }
        case .tag: .list(facts.tags.map { .string($0) })
        case .dataCollection: facts.dataCollection.map { .bool($0) }
        case .zeroRetention: facts.zeroRetention.map { .bool($0) }
        case .inputPrice: facts.inputPrice.map { .number(Double($0)) }
        case .outputPrice: facts.outputPrice.map { .number(Double($0)) }
        case .contextWindow: facts.contextWindow.map { .number(Double($0)) }
        }
    }
}
