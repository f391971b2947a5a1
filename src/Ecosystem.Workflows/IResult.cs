namespace Ecosystem.Workflows;

/// <summary>What <see cref="Result{T}"/> tells without knowing its value: whether the command was refused.</summary>
public interface IResult
{
    /// <summary>Why the command was refused; empty when it was carried out.</summary>
    IReadOnlyList<Refusal> Refusals { get; }
}
