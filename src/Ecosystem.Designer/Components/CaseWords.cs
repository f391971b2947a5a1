using Ecosystem.Workflows;
using Ecosystem.Workflows.Definitions;

namespace Ecosystem.Designer.Components;

/// <summary>Where a case stands, who acts next and by when, in a sentence for people who only look.</summary>
internal static class CaseWords
{
    /// <summary>The sentence.</summary>
    /// <param name="record">The case.</param>
    /// <param name="partner">The partner whose people read it; null for the vendor's own.</param>
    /// <param name="now">The present time.</param>
    public static string Standing(CaseRecord record, string? partner, DateTimeOffset now)
    {
        var what = record.WaitingForWhat is { Length: > 0 } text ? text.TrimEnd('.') : null;
        var when = record.Due is { } due ? due < now ? $" This was due {Words.Near(due, now)}." : $" It is due {Words.Near(due, now)}." : "";
        return record switch
        {
            { Status: CaseStatus.Completed } => record.Outcome is { Length: > 0 } outcome and not "Done" ? $"This has ended: {Words.Of(outcome).ToLowerInvariant()}." : "This has ended; nobody has to do anything.",
            { Status: CaseStatus.Cancelled } => "This was called off; nobody has to do anything.",
            { Status: CaseStatus.Faulted } => "This ended with an error. We are looking into it.",
            { Status: CaseStatus.Incident } => partner is null ? "A step failed. Somebody of operations has to decide how it goes on." : "Something went wrong on our side. We are working on it; you need not do anything.",
            { Status: CaseStatus.Starting } => "This is about to start.",
            { WaitingForWho: null } => "Our system is working on it; nobody has to do anything.",
            { WaitingForWho: "system" } => what is null ? "Nobody has to act now; it goes on by itself." : $"Nobody has to act now: it goes on after “{what}”." + (record.Due is { } at ? $" That is {Words.Near(at, now)}." : ""),
            { WaitingForWho: { } who } when partner is not null && (who == partner || IsPartner(who)) => $"You act next{(what is null ? "" : $": {what}")}.{when}",
            { WaitingForWho: { } who } => $"{Acts(who, partner)} next{(what is null ? "" : $": {what}")}.{(partner is null ? "" : " You need not do anything now.")}{when}".Replace(" next", who.Contains(',', StringComparison.Ordinal) || IsTeam(who, partner) ? " act next" : " acts next", StringComparison.Ordinal),
        };
    }

    /// <summary>Whom a case waits for, in words: a team, the partner, a person.</summary>
    /// <param name="who">Roles, a partner's id or a person's.</param>
    /// <param name="partner">The partner whose people read it; null for the vendor's own.</param>
    public static string Who(string who, string? partner) => who switch
    {
        _ when IsPartner(who) => partner is null ? "the partner" : "you",
        "system" => "the process itself",
        _ when who == partner => "you",
        _ when who.StartsWith("ptn-", StringComparison.Ordinal) => "the partner",
        _ when partner is null => string.Join(" or ", who.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Team)),
        _ => "our " + string.Join(" or ", who.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Team)),
    };

    /// <summary>Who acts next, to stand by itself.</summary>
    /// <param name="who">Roles, a partner's id or a person's; null while the process is at work.</param>
    /// <param name="partner">The partner whose people read it; null for the vendor's own.</param>
    public static string Acts(string? who, string? partner) => who is null ? "Our system" : Capital(Who(who, partner));

    // A definition's author writes it as they like.
    private static bool IsPartner(string who) => who.Equals("partner", StringComparison.OrdinalIgnoreCase);

    private static bool IsTeam(string who, string? partner) => who is "approver" or "seller" || who == partner;

    private static string Team(string role) => role switch
    {
        "approver" => "approvers",
        "seller" => "sellers",
        "ops" => "operations",
        "finance" => "finance",
        "admin" => "administration",
        _ => EntityId.IsValid(role) && role.Length > 20 ? "a named person" : Words.Of(role).ToLowerInvariant(),
    };

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
