using System.Text.Json;
using Ecosystem.Workflows.Integration.Outbox;
using Ecosystem.Workflows.Storage;
using Ecosystem.Workflows.Tasks;
using MailKit.Net.Smtp;
using MimeKit;

namespace Ecosystem.Workflows.Integration.Mail;

/// <summary>
/// Sends messages by SMTP, or puts them into a folder as files. Sending again after a crash gives the same Message-Id and the same links,
/// so that mail programs show one message.
/// </summary>
internal sealed class MailDelivery(MailRecipients recipients, TaskLinks links, MailOptions options) : IOutboxDelivery
{
    public OutboxKind Kind => OutboxKind.Mail;

    public async Task<DeliveryOutcome> DeliverAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        if (options.IsOff)
        {
            return DeliveryOutcome.Delivered;
        }

        Notice? notice;
        try
        {
            notice = JsonSerializer.Deserialize<Notice>(message.PayloadJson, StoredJson.Options);
        }
        catch (JsonException error)
        {
            return DeliveryOutcome.Park($"The message cannot be read: {error.Message}");
        }

        var mails = new List<MimeMessage>();
        foreach (var person in await recipients.FindAsync(notice!.Recipient, cancellationToken))
        {
            mails.Add(await WriteAsync(message.Id, notice, person, cancellationToken));
        }

        if (mails.Count > 0)
        {
            await SendAsync(mails, cancellationToken);
        }

        return DeliveryOutcome.Delivered;
    }

    private async Task<MimeMessage> WriteAsync(string id, Notice notice, Person person, CancellationToken cancellationToken)
    {
        var link = notice.TaskId is { } task && EntityId.IsValid(task) ? await links.IssueAsync(new TaskId(task), person, options.LinkLife, $"{id}:{person.Id}", cancellationToken) : null;
        var page = options.Site + (notice.TaskId is { } asked ? $"/tasks/{asked}" : $"/cases/{notice.CaseId}");
        var (subject, body) = MailTemplates.Write(notice, person.Name, link is null ? null : options.Site + link.Path, link?.ExpiresAt, page);
        var mail = new MimeMessage
        {
            MessageId = $"{id}.{TaskLinks.Short($"{id}:{person.Id}")}@{MailboxAddress.Parse(options.From).Domain}",
            Subject = subject,
            Body = new TextPart("plain") { Text = body },
        };
        mail.From.Add(MailboxAddress.Parse(options.From));
        mail.To.Add(new MailboxAddress(person.Name, person.Email!));
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        return mail;
    }

    private async Task SendAsync(List<MimeMessage> mails, CancellationToken cancellationToken)
    {
        if (options.Host is not { } host)
        {
            Directory.CreateDirectory(options.Folder!);
            foreach (var mail in mails)
            {
                await mail.WriteToAsync(Path.Combine(options.Folder!, $"{mail.MessageId!.Split('@')[0]}.eml"), cancellationToken);
            }

            return;
        }

        using var client = new SmtpClient { Timeout = 30_000 };
        await client.ConnectAsync(host, options.Port, options.Security, cancellationToken);
        if (options.User is { } user)
        {
            await client.AuthenticateAsync(user, options.Password ?? "", cancellationToken);
        }

        foreach (var mail in mails)
        {
            await client.SendAsync(mail, cancellationToken);
        }

        await client.DisconnectAsync(quit: true, cancellationToken);
    }
}
