/// How an estimate or its interval was made. Raw values are stable: they go into stores and JSON.
package enum Method: String, Sendable, Hashable, CaseIterable {
    case count
    case t
    case clusteredT = "clustered-t"
    case welch
    case normal
    case wilson
    case clopperPearson = "clopper-pearson"
    case newcombe
    case newcombePaired = "newcombe-paired"
    case bootstrapPercentile = "bootstrap-percentile"
    case bootstrapBCa = "bootstrap-bca"
    case clusteredBootstrapPercentile = "clustered-bootstrap-percentile"
    case clusteredBootstrapBCa = "clustered-bootstrap-bca"
    case passAtK = "pass@k"
    case passAllK = "pass^k"
    // Further methods are added below this line, one theme after another.
    case cohenKappa = "cohen-kappa"
    case weightedKappa = "weighted-kappa"
    case fleissKappa = "fleiss-kappa"
    case krippendorffAlpha = "krippendorff-alpha"
    case gwetAC1 = "gwet-ac1"
    case intraclassCorrelation = "icc"
    case roganGladen = "rogan-gladen"
    case spearman
    case kendallTauB = "kendall-tau-b"
    case bradleyTerry = "bradley-terry"
    case predictionPowered = "prediction-powered"
    case predictionPoweredTuned = "prediction-powered-tuned"
    case delta
    case cuped
    case confidenceSequence = "confidence-sequence"
}
