namespace Ecosystem.Workflows;

/// <summary>
/// Why a command was not carried out: a business reason, not a bug. Nothing has been changed.
/// </summary>
/// <param name="Code">Stable and machine-readable, for example <c>deal.not-open</c>.</param>
/// <param name="Message">A sentence for people: what was wrong and what would be right.</param>
/// <param name="Field">The input field at fault in JSON notation, for example <c>customer.domain</c>; null when the command as a whole is refused.</param>
public sealed record Refusal(string Code, string Message, string? Field = null)
{
    /// <summary>Something that was named does not exist, or the actor may not see it.</summary>
    /// <param name="what">What was looked for, for example <c>deal</c>.</param>
    /// <param name="id">Its id.</param>
    /// <param name="field">The field that named it.</param>
    /// <returns>The refusal, with code <c>WHAT.not-found</c>.</returns>
    public static Refusal NotFound(string what, object id, string? field = null) =>
        new($"{what}.not-found", $"There is no {what} '{id}', or you may not see it.", field);

    /// <summary>The actor lacks a role.</summary>
    /// <param name="action">What was tried, for example <c>rule on a conflict</c>.</param>
    /// <param name="role">Which role would be right.</param>
    /// <returns>The refusal, with code <c>actor.forbidden</c>.</returns>
    public static Refusal Forbidden(string action, string role) =>
        new("actor.forbidden", $"You may not {action}: it takes the role '{role}'.");
}
