using System.Text.Json;
using Ecosystem.Workflows.Tasks;

namespace Ecosystem.Workflows.Integration.Mail;

/// <summary>A message to send: the payload of <see cref="Outbox.OutboxKind.Mail"/>. Addresses are looked up when it is sent, so that none is stored with it.</summary>
/// <param name="Recipient">A partner id, a role or a person's id.</param>
/// <param name="Template">The message template.</param>
/// <param name="CaseId">The case it is about.</param>
/// <param name="SubjectKind">What the case is about: the kind of thing.</param>
/// <param name="SubjectId">What the case is about: its id.</param>
/// <param name="Data">What fills the template.</param>
public sealed record Notice(string Recipient, string Template, string CaseId, string SubjectKind, string SubjectId, IReadOnlyDictionary<string, JsonElement>? Data)
{
    /// <summary>The task it asks to answer; its recipients get signed links. Null when it is about no task.</summary>
    public string? TaskId { get; init; }

    internal static Notice OfTask(string recipient, string template, HumanTask task, string? text = null) => new(
        recipient,
        template,
        task.CaseId.Value,
        task.SubjectKind,
        task.SubjectId,
        new Dictionary<string, JsonElement>
        {
            ["title"] = JsonSerializer.SerializeToElement(task.Title),
            ["due"] = JsonSerializer.SerializeToElement(task.Due),
            ["text"] = JsonSerializer.SerializeToElement(text),
        })
    {
        TaskId = task.Id.Value,
    };
}
