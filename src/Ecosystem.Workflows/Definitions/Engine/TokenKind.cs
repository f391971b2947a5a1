namespace Ecosystem.Workflows.Definitions;

/// <summary>What a token says.</summary>
internal enum TokenKind
{
    /// <summary>The source ended with the arrow's outcome: its target is to run.</summary>
    Live,

    /// <summary>The source ended with another outcome.</summary>
    Passed,

    /// <summary>A race was won elsewhere: the next arrival here is swallowed.</summary>
    Blocked,
}
