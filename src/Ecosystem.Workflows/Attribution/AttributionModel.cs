namespace Ecosystem.Workflows.Attribution;

/// <summary>How the credit for a deal is divided over the touches that led to it.</summary>
public enum AttributionModel
{
    /// <summary>All to the first touch.</summary>
    First,

    /// <summary>All to the last touch.</summary>
    Last,

    /// <summary>Equal parts.</summary>
    Linear,

    /// <summary>40 first, 40 lead conversion (or last), 20 over the others.</summary>
    U,

    /// <summary>30 first, 30 lead, 30 opportunity, 10 over the others.</summary>
    W,

    /// <summary>22.5 each first, lead, opportunity and close, 10 over the others.</summary>
    Full,

    /// <summary>Halved for every half-life that lies between a touch and the close.</summary>
    TimeDecay,

    /// <summary>20 first, 60 last, 20 over the others.</summary>
    J,

    /// <summary>60 first, 20 last, 20 over the others.</summary>
    InverseJ,

    /// <summary>The Shapley value over all closed deals.</summary>
    Shapley,

    /// <summary>Removal effects in a Markov chain over all closed deals.</summary>
    Markov,

    /// <summary>What the ruleset <c>attribution-split</c> says; this is what is paid.</summary>
    Rules,
}
