namespace Ecosystem.Workflows.Definitions;

/// <summary>Something found wrong, or doubtful, in a definition.</summary>
/// <param name="Severity"><c>error</c>: it cannot be published; <c>warning</c>: it can.</param>
/// <param name="Code">Stable and machine-readable, for example <c>definition.unreachable</c>.</param>
/// <param name="Activity">The id of the activity at fault; null when it is the definition as a whole.</param>
/// <param name="Title">What people call that activity.</param>
/// <param name="Message">What is wrong and what would be right.</param>
/// <param name="Field">The input or property at fault.</param>
public sealed record DefinitionDiagnostic(string Severity, string Code, string? Activity, string? Title, string Message, string? Field = null)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"{Severity} {Code}{(Activity is null ? "" : $" at {Title ?? Activity} [{Activity}]")}{(Field is null ? "" : $", {Field}")}: {Message}";
}
