namespace Ecosystem.Workflows.Tasks;

/// <summary>What a note on a task is.</summary>
public enum TaskNoteKind
{
    /// <summary>A remark among those who work on the task; partners do not see it.</summary>
    Comment,

    /// <summary>The question with which the task was returned to its submitter.</summary>
    Question,

    /// <summary>The submitter's answer.</summary>
    Answer,
}
