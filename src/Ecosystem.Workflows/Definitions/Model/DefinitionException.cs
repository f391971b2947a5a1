namespace Ecosystem.Workflows.Definitions;

/// <summary>A text is not a workflow definition, or one that cannot be run.</summary>
public sealed class DefinitionException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="diagnostics">What is wrong; at least one.</param>
    public DefinitionException(IReadOnlyList<DefinitionDiagnostic> diagnostics)
        : base(string.Join(Environment.NewLine, diagnostics)) => Diagnostics = diagnostics;

    internal DefinitionException(string code, string message)
        : this([new DefinitionDiagnostic("error", code, null, null, message)])
    {
    }

    /// <summary>What is wrong.</summary>
    public IReadOnlyList<DefinitionDiagnostic> Diagnostics { get; }
}
