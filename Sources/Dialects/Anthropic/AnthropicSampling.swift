import Vocabulary

/// Temperature, top_p and top_k as far as a model takes them, together and while it thinks.
struct AnthropicSampling {
    var temperature: NumberText?
    var topP: NumberText?
    var topK: NumberText?

    init(
        _ request: ModelRequest, _ rules: AnthropicModelRules, thinks: Bool, _ changes: inout [ParameterChange]
    ) {
        (temperature, topP, topK) = (request.temperature, request.topP, request.topK)
        if rules.refusesSampling {
            refuse(request, &changes)
        } else if request.source != .anthropicMessages {
            bound(request, &changes)
            if thinks { quiet(request, &changes) }
            if temperature != nil, topP != nil, rules.takesOneOfTemperatureAndTopP {
                topP = nil
                changes.note(request.name(of: .topP), .dropped, "the model takes temperature or top_p, not both")
            }
        }
    }

    private mutating func refuse(_ request: ModelRequest, _ changes: inout [ParameterChange]) {
        let said: [(RequestField, NumberText?)] = [(.temperature, temperature), (.topP, topP), (.topK, topK)]
        for (field, value) in said where value != nil {
            changes.note(request.name(of: field), .dropped, "the model takes no sampling parameters")
        }
        (temperature, topP, topK) = (nil, nil, nil)
    }

    private mutating func bound(_ request: ModelRequest, _ changes: inout [ParameterChange]) {
        guard let value = temperature?.value, value > 1 else { return }
        temperature = NumberText("1")
        changes.note(request.name(of: .temperature), .clamped, "at most 1 here")
    }

    /// While thinking, temperature is 1, top_p at least 0.95, and top_k unsaid.
    private mutating func quiet(_ request: ModelRequest, _ changes: inout [ParameterChange]) {
        let detail = "fixed while the model thinks"
        if let value = temperature?.value, value != 1 {
            temperature = nil
            changes.note(request.name(of: .temperature), .dropped, detail)
        }
        if let value = topP?.value, value < 0.95 {
            topP = nil
            changes.note(request.name(of: .topP), .dropped, detail)
        }
        if topK != nil {
            topK = nil
            changes.note(request.name(of: .topK), .dropped, detail)
        }
    }
}
