/// What happens to a parameter of a request that the chosen provider cannot take.
package enum ParameterPolicy: String, Sendable, CaseIterable {
    /// The request is refused with an error that names the parameter.
    case strict
    /// The parameter is left out or mapped; a response header and the record name it. The default.
    case warn
    /// As `warn`, without the header; the record still names it.
    case drop
}
