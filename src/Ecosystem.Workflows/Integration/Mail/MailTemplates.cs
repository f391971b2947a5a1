using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Ecosystem.Workflows.Integration.Mail;

/// <summary>What messages say. Plain text: it reads everywhere and hides nothing.</summary>
internal static class MailTemplates
{
    private static readonly Dictionary<string, (string Subject, string Body)> Known = new(StringComparer.Ordinal)
    {
        ["task-assigned"] = ("For you: {title}", "There is something for you to do: {title}."),
        ["task-for-you"] = ("For you: {title}", "There is something for you to do: {title}."),
        ["task-reminder"] = ("Reminder: {title}", "Half of the time for this has passed: {title}."),
        ["task-warning"] = ("Due soon: {title}", "This is due soon: {title}."),
        ["task-escalated"] = ("Overdue: {title}", "This was not done in time and is with you now: {title}."),
        ["task-follow-up"] = ("Follow up: {title}", "You wanted to come back to this today: {title}."),
        ["task-question"] = ("A question: {title}", "We have a question before we can go on with '{title}':\n\n{text}"),
        ["task-answered"] = ("Answered: {title}", "Your question about '{title}' was answered:\n\n{text}"),
    };

    /// <summary>The templates of tasks; definitions may name any other, whose message lists its facts.</summary>
    internal static IReadOnlyCollection<string> Names => Known.Keys;

    /// <summary>Writes a message to one person.</summary>
    internal static (string Subject, string Body) Write(Notice notice, string name, string? link, DateTimeOffset? linkEnds, string page)
    {
        var body = new StringBuilder($"Hello {OneLine(name)},\n\n");
        string subject;
        if (Known.TryGetValue(notice.Template, out var known))
        {
            subject = Fill(known.Subject, notice);
            body.Append(Fill(known.Body, notice)).Append('\n');
            if (Value(notice, "due") is { Length: > 0 } due && DateTimeOffset.TryParse(due, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            {
                body.Append(CultureInfo.InvariantCulture, $"Due: {time.UtcDateTime:d MMMM yyyy HH:mm} UTC\n");
            }
        }
        else
        {
            subject = Words(notice.Template);
            body.Append(subject).Append(".\n");
            foreach (var key in (notice.Data ?? new Dictionary<string, JsonElement>()).Keys)
            {
                body.Append(CultureInfo.InvariantCulture, $"{Words(key)}: {Value(notice, key)}\n");
            }
        }

        if (link is not null)
        {
            body.Append(CultureInfo.InvariantCulture, $"\nAnswer here, without signing in:\n{link}\n\nThe link is for you alone, works once and ends on {linkEnds:d MMMM yyyy}. Please do not pass it on.\n");
        }
        else
        {
            body.Append(CultureInfo.InvariantCulture, $"\nSee it here:\n{page}\n");
        }

        return (OneLine(subject), body.ToString());
    }

    private static string Fill(string text, Notice notice) =>
        text.Replace("{title}", Value(notice, "title"), StringComparison.Ordinal).Replace("{text}", Value(notice, "text"), StringComparison.Ordinal);

    private static string Value(Notice notice, string key) => notice.Data?.TryGetValue(key, out var value) == true
        ? value.ValueKind switch
        {
            JsonValueKind.String => value.GetString() ?? "",
            JsonValueKind.Null or JsonValueKind.Undefined => "",
            _ => value.GetRawText(),
        }
        : "";

    private static string Words(string code)
    {
        var words = code.Replace('-', ' ').Replace('.', ' ').Replace('_', ' ');
        return words.Length == 0 ? "Message" : char.ToUpperInvariant(words[0]) + words[1..];
    }

    private static string OneLine(string text) => string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
