using Ecosystem.Workflows.Integration.Mail;
using Ecosystem.Workflows.Integration.Outbox;

namespace Ecosystem.Workflows.Definitions;

/// <summary>Inputs of <see cref="NotifyStep"/>.</summary>
internal sealed record NotifyInput
{
    /// <summary>Who is told.</summary>
    [StepInput(Description = "A partner id, a role such as approver, or a person's id; the case's partner when empty.")]
    public string? Recipient { get; init; }

    /// <summary>Which message.</summary>
    [StepInput(Description = "The message template.", UIHint = "dropdown", OptionsFrom = "templates")]
    public string Template { get; init; } = "";

    /// <summary>What fills the template.</summary>
    [StepInput(Description = "What fills the template, as one object.", UIHint = "multiline", DefaultSyntax = "FEEL")]
    public Dictionary<string, System.Text.Json.JsonElement>? Data { get; init; }
}

/// <summary>Sends a message.</summary>
[WorkflowStep(
    "Ecosystem.Notify",
    DisplayName = "Notify",
    Category = "Communication",
    Icon = "mail",
    Description = "Sends a message by template to a partner, a role or a person, once the step is committed.")]
internal sealed class NotifyStep(Outbox outbox) : WorkflowStep<NotifyInput, NoOutput>
{
    /// <inheritdoc/>
    protected override Task<StepResult<NoOutput>> ExecuteAsync(NotifyInput input, StepContext context, CancellationToken ct)
    {
        if (input.Template.Length == 0)
        {
            throw new StepInputException("The input 'template' is empty; choose the message that is sent.");
        }

        var recipient = input.Recipient is { Length: > 0 } named ? named : context.Partner?.Value ?? "ops";
        outbox.Add(
            context.Db,
            OutboxKind.Mail,
            recipient,
            new Notice(recipient, input.Template, context.CaseId.Value, context.Subject.Kind, context.Subject.Id, input.Data));
        return Task.FromResult(StepResult.Done());
    }
}
