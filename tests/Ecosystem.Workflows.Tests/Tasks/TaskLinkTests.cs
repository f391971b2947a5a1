using System.Text.Json.Nodes;
using Ecosystem.Workflows.Integration.Mail;
using Ecosystem.Workflows.Integration.Outbox;
using Ecosystem.Workflows.Partners;
using Ecosystem.Workflows.Storage;
using Ecosystem.Workflows.Tasks;
using Jint;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Tests.Tasks;

public class TaskLinkTests : TaskTest
{
    private static readonly JsonObject Answer = new() { ["answer"] = "42" };
    private static readonly Person Carla = new("contact:c-1", "Carla Contact", "carla@nordwind.example", ["partner"], Partner);

    private TaskLinks Links => Get<TaskLinks>();

    [Fact]
    public async Task Answer_ByLink_CompletesOnceAndNeverAgain()
    {
        var (task, token) = await LinkAsync();

        Assert.True((await Links.AnswerAsync(task.Id.Value, token, "Done", Answer, "by mail")).IsSuccess);

        await SettleAsync();
        var row = await RowAsync(task.Id);
        Assert.Equal(("contact:c-1", "by mail", TaskState.Completed), (row.CompletedBy, row.CommentText, row.State));
        Assert.Equal(1, await WentOnAsync(task));
        Assert.Equal("link.used", (await Links.AnswerAsync(task.Id.Value, token, "Done", Answer, null)).Refusal!.Code);
        Assert.Equal("link.used", (await Links.OpenAsync(task.Id.Value, token)).Refusal!.Code);
        Assert.Equal(1, await WentOnAsync(task));
    }

    [Fact]
    public async Task Open_ManyTimes_ChangesNothing()
    {
        var (task, token) = await LinkAsync();
        var before = await RowAsync(task.Id);
        var audited = await AuditedAsync();

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(task.Id, (await Links.OpenAsync(task.Id.Value, token)).Value.Task.Id);
        }

        Assert.Equal((before.Version, before.State), ((await RowAsync(task.Id)).Version, (await RowAsync(task.Id)).State));
        Assert.Equal(audited, await AuditedAsync());
        Assert.True((await Links.AnswerAsync(task.Id.Value, token, "Done", Answer, null)).IsSuccess);
    }

    [Fact]
    public async Task Answer_RefusedForm_LeavesTheLinkAsItWas()
    {
        var (task, token) = await LinkAsync();

        Assert.Equal("form.required", (await Links.AnswerAsync(task.Id.Value, token, "Done", [], null)).Refusal!.Code);
        Assert.Equal("task.unknown-outcome", (await Links.AnswerAsync(task.Id.Value, token, "Approve", Answer, null)).Refusal!.Code);

        Assert.True((await Links.AnswerAsync(task.Id.Value, token, "Done", Answer, null)).IsSuccess);
    }

    [Fact]
    public async Task Answer_LinkThatHasEnded_IsRefusedAndChangesNothing()
    {
        var (task, token) = await LinkAsync(TimeSpan.FromHours(1));
        await AdvanceAsync(TimeSpan.FromHours(1));

        Assert.Equal("link.expired", (await Links.OpenAsync(task.Id.Value, token)).Refusal!.Code);
        Assert.Equal("link.expired", (await Links.AnswerAsync(task.Id.Value, token, "Done", Answer, null)).Refusal!.Code);

        Assert.Equal(TaskState.Open, (await RowAsync(task.Id)).State);
    }

    [Fact]
    public async Task Answer_OtherTaskOrForgedToken_IsRefused()
    {
        var (task, token) = await LinkAsync();
        var (other, otherToken) = await LinkAsync();
        var cut = token.IndexOf('.', StringComparison.Ordinal);
        string?[] forged =
        [
            null, "", "x", ".", token[..cut], token[..cut] + ".", token[..^2] + (token[^2] == 'A' ? "BA" : "AA"),
            otherToken[..otherToken.IndexOf('.', StringComparison.Ordinal)] + token[cut..], new string('a', 5000),
        ];

        Assert.Equal("link.invalid", (await Links.AnswerAsync(other.Id.Value, token, "Done", Answer, null)).Refusal!.Code);
        foreach (var bad in forged)
        {
            Assert.Equal("link.invalid", (await Links.AnswerAsync(task.Id.Value, bad, "Done", Answer, null)).Refusal!.Code);
        }

        Assert.Equal((TaskState.Open, TaskState.Open), ((await RowAsync(task.Id)).State, (await RowAsync(other.Id)).State));
    }

    [Fact]
    public async Task Answer_LinkAndInboxAtOnce_TakesOneAndOnlyThenUsesTheLink()
    {
        for (var round = 0; round < 4; round++)
        {
            var (task, token) = await LinkAsync();

            var all = await Task.WhenAll(
                Enumerable.Range(0, 3).Select(_ => Task.Run(() => Links.AnswerAsync(task.Id.Value, token, "Done", Answer, "link")))
                    .Concat(Enumerable.Range(0, 3).Select(_ => Task.Run(() => Tasks.CompleteAsync(task.Id, "Done", Answer, "inbox", PartnerPerson)))));
            await SettleAsync();

            Assert.Single(all, result => result.IsSuccess);
            Assert.All(all.Where(result => !result.IsSuccess), result => Assert.Contains(result.Refusal!.Code, new[] { "task.not-open", "link.used" }));
            Assert.Equal(1, await WentOnAsync(task));
            var row = await RowAsync(task.Id);
            var used = await Storage.ReadAsync((db, token) => db.Set<TaskLink>().Where(link => link.TaskId == task.Id).Select(link => link.UsedAt != null).SingleAsync(token));
            Assert.Equal(row.CommentText == "link", used);
        }
    }

    [Fact]
    public async Task Answer_ContactWhoHasLeft_IsRefused()
    {
        var (task, token) = await LinkAsync();
        await Storage.WriteAsync((db, ct) => db.Set<PartnerContact>().ExecuteDeleteAsync(ct));

        Assert.Equal("link.invalid", (await Links.AnswerAsync(task.Id.Value, token, "Done", Answer, null)).Refusal!.Code);
    }

    [Fact]
    public async Task Issue_ToWhoMayNotAnswer_GivesNoLink()
    {
        var approval = await OpenApprovalAsync(("excluded", new[] { "u-anna" }));

        Assert.Null(await Links.IssueAsync(approval.Id, People.All.Single(person => person.Id == "u-anna"), TimeSpan.FromDays(1), "x"));
        Assert.Null(await Links.IssueAsync(approval.Id, People.All.Single(person => person.Id == "u-adm"), TimeSpan.FromDays(1), "x"));
        Assert.Null(await Links.IssueAsync(approval.Id, Carla, TimeSpan.FromDays(1), "x"));
        Assert.NotNull(await Links.IssueAsync(approval.Id, People.All.Single(person => person.Id == "u-ben"), TimeSpan.FromDays(1), "x"));
    }

    [Fact]
    public async Task Mail_OfATask_ReachesTheContactWithALinkThatWorks()
    {
        await using var catcher = new SmtpCatcher();
        var task = await OpenPartnerTaskAsync();
        var mail = new MailDelivery(
            Get<MailRecipients>(), Links, new MailOptions { Host = "127.0.0.1", Port = catcher.Port, Security = MailKit.Security.SecureSocketOptions.None, From = "partners@vendor.example", Site = "https://partners.vendor.example" });
        var message = new OutboxMessage
        {
            Id = "out-1",
            Kind = OutboxKind.Mail,
            Key = Partner.Value,
            PayloadJson = System.Text.Json.JsonSerializer.Serialize(Notice.OfTask(Partner.Value, "task-for-you", await RowAsync(task.Id)), StoredJson.Options),
            CreatedAt = Now,
        };

        Assert.Equal(DeliveryState.Delivered, (await mail.DeliverAsync(message, TestContext.Current.CancellationToken)).State);
        Assert.Equal(DeliveryState.Delivered, (await mail.DeliverAsync(message, TestContext.Current.CancellationToken)).State);

        var messages = await catcher.ReceivedAsync(2);
        Assert.Equal(messages[0].MessageId, messages[1].MessageId);
        Assert.Equal(messages[0].TextBody, messages[1].TextBody);
        Assert.Equal("For you: Complete the registration", messages[0].Subject);
        Assert.Equal("carla@nordwind.example", Assert.Single(messages[0].To.Mailboxes).Address);
        var line = messages[0].TextBody!.Split('\n').Single(text => text.StartsWith("https://partners.vendor.example/answer/", StringComparison.Ordinal)).Trim();
        var token = line[(line.IndexOf("token=", StringComparison.Ordinal) + 6)..];
        Assert.True((await Links.AnswerAsync(task.Id.Value, token, "Done", Answer, null)).IsSuccess);
    }

    [Fact]
    public async Task Mail_ServerThatIsDown_IsTriedAgain()
    {
        var task = await OpenPartnerTaskAsync();
        int port;
        await using (var catcher = new SmtpCatcher())
        {
            port = catcher.Port;
        }

        var mail = new MailDelivery(Get<MailRecipients>(), Links, new MailOptions { Host = "127.0.0.1", Port = port, Security = MailKit.Security.SecureSocketOptions.None });
        var message = new OutboxMessage
        {
            Id = "out-1",
            Kind = OutboxKind.Mail,
            Key = Partner.Value,
            PayloadJson = System.Text.Json.JsonSerializer.Serialize(Notice.OfTask(Partner.Value, "task-for-you", await RowAsync(task.Id)), StoredJson.Options),
            CreatedAt = Now,
        };

        await Assert.ThrowsAnyAsync<Exception>(() => mail.DeliverAsync(message, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Known_PartnersOwnForm_AsksOnlyForWhatIsNotKnown()
    {
        var asked = new List<int>();
        var unknown = new List<int>();
        string[] held = ["name", "country"];
        foreach (var (type, form) in ShippedForms())
        {
            var task = await OpenAsync(new Subject("partner", Partner.Value), ("taskType", type), ("outcomes", new[] { "Done" }), ("partner", Partner.Value), ("form", form));

            var known = await Tasks.KnownAsync(task.Id, PartnerPerson);

            var fields = form["properties"]!.AsObject().Select(pair => pair.Key).ToList();
            asked.Add(fields.Count(field => known[field] is null));
            unknown.Add(fields.Count(field => !held.Contains(field)));
        }

        Assert.True(asked.Count >= 4);
        Assert.True(Median(asked) <= Median(unknown), $"{string.Join(' ', asked)} asked, {string.Join(' ', unknown)} unknown");
        Assert.True(asked.Sum() <= unknown.Sum());
    }

    private static double Median(List<int> values)
    {
        values.Sort();
        return (values[values.Count / 2] + values[(values.Count - 1) / 2]) / 2.0;
    }

    private static IEnumerable<(string Type, JsonObject Form)> ShippedForms()
    {
        foreach (var file in Directory.EnumerateFiles(ShippedFolder(), "*.json"))
        {
            foreach (var activity in Activities(JsonNode.Parse(File.ReadAllText(file))!["root"]!))
            {
                if ((string?)activity["type"] == "Ecosystem.HumanTask" && activity["partner"] is not null && activity["form"]?["expression"] is JsonObject form)
                {
                    yield return ((string)activity["taskType"]!["expression"]!["value"]!, FormOf(form));
                }
            }
        }
    }

    // Of a case that knows nothing yet.
    private static JsonObject FormOf(JsonObject expression) => (string?)expression["type"] == "JavaScript"
        ? (JsonObject)JsonNode.Parse(new Engine().Evaluate($"const variables = {{}}; JSON.stringify({(string)expression["value"]!})").AsString())!
        : expression["value"] as JsonObject ?? (JsonObject)JsonNode.Parse((string)expression["value"]!)!;

    private static string ShippedFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(folder.FullName, "workflow-definitions")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("workflow-definitions");
        }

        return Path.Combine(folder.FullName, "workflow-definitions");
    }

    private static IEnumerable<JsonObject> Activities(JsonNode node) => node switch
    {
        JsonObject activity => new[] { activity }.Concat(activity.SelectMany(pair => pair.Value is null ? [] : Activities(pair.Value))),
        JsonArray list => list.SelectMany(item => item is null ? [] : Activities(item)),
        _ => [],
    };

    private Task<int> AuditedAsync() => Storage.ReadAsync((db, token) => db.Set<AuditEntry>().CountAsync(token));

    private async Task<(TaskView Task, string Token)> LinkAsync(TimeSpan? life = null)
    {
        var task = await OpenPartnerTaskAsync();
        var link = await Links.IssueAsync(task.Id, Carla, life ?? TimeSpan.FromDays(1), "test");
        return (task, link!.Path[(link.Path.IndexOf("token=", StringComparison.Ordinal) + 6)..]);
    }
}
