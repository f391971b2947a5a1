using System.Diagnostics.CodeAnalysis;

namespace Ecosystem.Workflows;

/// <summary>The outcome of a command: a value, or the reasons why it was refused and nothing was changed.</summary>
/// <typeparam name="T">What a carried-out command gives.</typeparam>
public sealed class Result<T> : IResult
{
    private readonly T? value;

    private Result(T? value, IReadOnlyList<Refusal> refusals)
    {
        this.value = value;
        Refusals = refusals;
    }

    /// <summary>True when the command was carried out.</summary>
    public bool IsSuccess => Refusals.Count == 0;

    /// <summary>The value of a command that was carried out.</summary>
    /// <exception cref="InvalidOperationException">The command was refused; the message says why.</exception>
    public T Value => IsSuccess
        ? value!
        : throw new InvalidOperationException("The command was refused: " + string.Join(" ", Refusals.Select(refusal => $"[{refusal.Code}] {refusal.Message}")));

    /// <inheritdoc/>
    public IReadOnlyList<Refusal> Refusals { get; }

    /// <summary>The first reason of a refused command, else null.</summary>
    public Refusal? Refusal => Refusals.Count == 0 ? null : Refusals[0];

    /// <summary>A command that was carried out.</summary>
    /// <param name="value">What it gives.</param>
    public static implicit operator Result<T>(T value) => new(value, []);

    /// <summary>A refused command.</summary>
    /// <param name="refusal">Why.</param>
    public static implicit operator Result<T>(Refusal refusal) => new(default, [refusal]);

    /// <summary>A command that was carried out; for values whose static type is an interface, which no operator can convert.</summary>
    /// <param name="value">What it gives.</param>
    /// <returns>The result.</returns>
    public static Result<T> Success(T value) => new(value, []);

    /// <summary>A refused command.</summary>
    /// <param name="refusals">Why: at least one reason.</param>
    /// <returns>The result.</returns>
    public static Result<T> Refused(IReadOnlyList<Refusal> refusals) =>
        refusals.Count > 0 ? new(default, refusals) : throw new ArgumentException("A refusal needs at least one reason.", nameof(refusals));

    /// <summary>Gives the value when the command was carried out.</summary>
    /// <param name="result">The value.</param>
    /// <returns>False when the command was refused.</returns>
    public bool TryGet([MaybeNullWhen(false)] out T result)
    {
        result = value;
        return IsSuccess;
    }
}
