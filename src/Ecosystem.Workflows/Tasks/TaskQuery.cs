namespace Ecosystem.Workflows.Tasks;

/// <summary>Which tasks.</summary>
/// <param name="State">How they stand; null for open, claimed and returned ones.</param>
/// <param name="Role">A role whose members may take them.</param>
/// <param name="Assignee">Who has taken them.</param>
/// <param name="CaseId">The case they are part of.</param>
/// <param name="Type">What kind of task.</param>
/// <param name="MineOnly">True: only those the actor may answer.</param>
/// <param name="Text">Words in the title.</param>
/// <param name="All">True: whatever their state.</param>
/// <param name="DueBefore">Due before a time.</param>
public sealed record TaskQuery(
    TaskState? State = null,
    string? Role = null,
    string? Assignee = null,
    CaseId? CaseId = null,
    string? Type = null,
    bool MineOnly = false,
    string? Text = null,
    bool All = false,
    DateTimeOffset? DueBefore = null);
