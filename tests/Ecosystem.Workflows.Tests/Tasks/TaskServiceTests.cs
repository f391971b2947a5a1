using System.Text;
using System.Text.Json.Nodes;
using Ecosystem.Workflows.Storage;
using Ecosystem.Workflows.Tasks;
using Ecosystem.Workflows.Tasks.Documents;
using Ecosystem.Workflows.Tests.Definitions;

namespace Ecosystem.Workflows.Tests.Tasks;

public class TaskServiceTests : TaskTest
{
    private static readonly Actor Admin = Actor.Staff("u-adm", "Ada Admin", ActorSource.Web, "admin", "approver");

    [Fact]
    public async Task Complete_ManyAtOnce_TakesOneAnswer()
    {
        var task = await OpenApprovalAsync();
        Actor[] people = [Approver, SecondApprover, Approver, SecondApprover, Approver, SecondApprover];

        var results = await Task.WhenAll(people.Select((actor, i) => Tasks.CompleteAsync(task.Id, i % 2 == 0 ? "Approve" : "Reject", null, null, actor, TestContext.Current.CancellationToken)));
        await SettleAsync();

        Assert.Single(results, result => result.IsSuccess);
        Assert.All(results.Where(result => !result.IsSuccess), result => Assert.Equal("task.not-open", result.Refusal!.Code));
        var row = await RowAsync(task.Id);
        var winner = results.Single(result => result.IsSuccess).Value;
        Assert.Equal((winner.Outcome, winner.CompletedBy), (row.Outcome, row.CompletedBy));
        Assert.Equal(winner.Outcome == "Approve" ? 1 : 0, await WentOnAsync(task));
        Assert.Single((await Tasks.HistoryAsync(task.Id, Ops)), entry => entry.Action == "task.completed");
    }

    [Fact]
    public async Task Complete_TaskThatTimedOut_IsRefusedAndChangesNothing()
    {
        var task = await OpenApprovalAsync(("timeout", "PT1H"));
        await AdvanceAsync(TimeSpan.FromHours(2));
        await UntilAsync(async () => (await RowAsync(task.Id)).State == TaskState.Cancelled);

        var result = await CompleteAsync(task, "Approve", Approver);

        Assert.Equal("task.not-open", result.Refusal!.Code);
        Assert.Null((await RowAsync(task.Id)).Outcome);
    }

    [Fact]
    public async Task Complete_WrongPeople_AreRefusedEachForTheirReason()
    {
        var task = await OpenApprovalAsync(("excluded", new[] { "u-ben" }));

        Assert.Equal("duties.same-person", (await CompleteAsync(task, "Approve", SecondApprover)).Refusal!.Code);
        Assert.Equal("duties.admin", (await CompleteAsync(task, "Approve", Admin)).Refusal!.Code);
        Assert.Equal("actor.forbidden", (await CompleteAsync(task, "Approve", Actor.Staff("u-sam", "Sam", ActorSource.Web, "seller"))).Refusal!.Code);
        Assert.Equal("task.not-found", (await CompleteAsync(task, "Approve", PartnerPerson)).Refusal!.Code);
        Assert.Equal("task.unknown-outcome", (await CompleteAsync(task, "Grant", Approver)).Refusal!.Code);
        Assert.Equal(TaskState.Open, (await RowAsync(task.Id)).State);
        Assert.Equal(0, await WentOnAsync(task));
    }

    [Fact]
    public async Task Complete_BySubmitter_IsRefusedThoughNobodyExcludedThem()
    {
        var task = await OpenApprovalAsync();
        await Storage.WriteAsync((db, _) =>
        {
            Get<Audit>().Add(db, Approver, "deal.submitted", new DealId("deal-1"));
            return Task.CompletedTask;
        });

        Assert.Equal("duties.same-person", (await CompleteAsync(task, "Approve", Approver)).Refusal!.Code);
        Assert.Equal("duties.same-person", (await Tasks.ClaimAsync(task.Id, Approver)).Refusal!.Code);
        Assert.Equal("duties.same-person", (await Tasks.DelegateAsync(task.Id, "u-ben", null, Approver)).Refusal!.Code);
        Assert.Equal("duties.same-person", (await Tasks.DelegateAsync(task.Id, "u-anna", null, SecondApprover)).Refusal!.Code);
        Assert.True((await CompleteAsync(task, "Approve", SecondApprover)).IsSuccess);
    }

    [Fact]
    public async Task Complete_UnknownAndOversizedFields_AreRefusedByName()
    {
        var task = await OpenPartnerTaskAsync();

        var result = await CompleteAsync(task, "Done", PartnerPerson, new JsonObject { ["answer"] = new string('x', 101), ["isAdmin"] = true });

        Assert.Equal(["form.unknown-field isAdmin", "form.invalid answer"], result.Refusals.Select(refusal => $"{refusal.Code} {refusal.Field}"));
        Assert.Null((await RowAsync(task.Id)).DataJson);
        Assert.True((await CompleteAsync(task, "Done", PartnerPerson, new JsonObject { ["answer"] = "yes" })).IsSuccess);
        Assert.Equal(1, await WentOnAsync(task));
    }

    [Fact]
    public async Task Claim_ManyAtOnce_GivesItToOne()
    {
        var task = await OpenApprovalAsync();

        var results = await Task.WhenAll(new[] { Approver, SecondApprover }.SelectMany(actor => Enumerable.Range(0, 4).Select(_ => Tasks.ClaimAsync(task.Id, actor))));

        var owner = (await RowAsync(task.Id)).Assignee;
        Assert.All(results, result => Assert.True(result.IsSuccess ? result.Value.Assignee == owner : result.Refusal!.Code == "task.claimed"));
        Assert.Equal(4, results.Count(result => result.IsSuccess));
    }

    [Fact]
    public async Task Release_ByHolder_GivesItBackToAll()
    {
        var task = await OpenApprovalAsync();
        await Tasks.ClaimAsync(task.Id, Approver);

        Assert.Equal("actor.forbidden", (await Tasks.ReleaseAsync(task.Id, SecondApprover)).Refusal!.Code);
        Assert.True((await Tasks.ReleaseAsync(task.Id, Approver)).IsSuccess);
        Assert.Equal("task.not-claimed", (await Tasks.ReleaseAsync(task.Id, Approver)).Refusal!.Code);
        Assert.True((await Tasks.ClaimAsync(task.Id, SecondApprover)).IsSuccess);
    }

    [Fact]
    public async Task Delegate_ToWhoMayNot_IsRefused()
    {
        var task = await OpenApprovalAsync(("excluded", new[] { "u-ben" }));

        Assert.Equal("duties.same-person", (await Tasks.DelegateAsync(task.Id, "u-ben", null, Approver)).Refusal!.Code);
        Assert.Equal("duties.admin", (await Tasks.DelegateAsync(task.Id, "u-adm", null, Approver)).Refusal!.Code);
        Assert.Equal("person.not-found", (await Tasks.DelegateAsync(task.Id, "u-nobody", null, Approver)).Refusal!.Code);
        Assert.Equal("task.other-house", (await Tasks.DelegateAsync(task.Id, "u-pia", null, Approver)).Refusal!.Code);
        Assert.Equal("task.delegate", (await Tasks.DelegateAsync(task.Id, "u-anna", null, Approver)).Refusal!.Code);
        Assert.Equal("u-max", (await Tasks.DelegateAsync(task.Id, "u-max", "on leave", Approver)).Value.Assignee);
    }

    [Fact]
    public async Task Approval_QuorumAndDelegation_CountPeopleNotHands()
    {
        await PublishAsync(new FlowBuilder("two")
            .Add("approve", "Ecosystem.Approval", ("taskType", "deal-approval-large"), ("roles", new[] { "approver" }), ("amount", 250_000), ("thresholds", new[] { new { above = 100_000, quorum = 2 } }), ("order", "parallel"))
            .Build());
        var id = await StartAsync("two");
        var tasks = (await Tasks.FindAsync(new TaskQuery(CaseId: id), new PageRequest(), Ops)).Items;
        Assert.Equal(2, tasks.Count);
        Assert.True((await CompleteAsync(tasks[0], "Approve", Approver)).IsSuccess);

        Assert.Equal("task.same-person", (await CompleteAsync(tasks[1], "Approve", Approver)).Refusal!.Code);
        Assert.Equal("task.same-person", (await Tasks.ClaimAsync(tasks[1].Id, Approver)).Refusal!.Code);
        await Tasks.DelegateAsync(tasks[1].Id, "u-max", null, Approver);
        var max = Actor.Staff("u-max", "Max Manager", ActorSource.Web, "seller");
        Assert.Equal("task.same-person", (await CompleteAsync(tasks[1], "Approve", max)).Refusal!.Code);
    }

    [Fact]
    public async Task Return_ToPartner_StopsTheClockUntilTheAnswer()
    {
        var task = await OpenApprovalAsync();
        await Tasks.ClaimAsync(task.Id, Approver);
        await AdvanceAsync(TimeSpan.FromHours(3));
        var before = await RowAsync(task.Id);
        var calendar = Workflows.Tasks.Calendars.BusinessTime.Calendar(before.Calendar);
        var left = Workflows.Tasks.Calendars.BusinessTime.Between(Now, before.Due!.Value, calendar);

        Assert.True((await Tasks.ReturnAsync(task.Id, "Who signs at the customer?", Approver)).IsSuccess);

        var record = await CaseAsync(task.CaseId);
        Assert.Equal((Partner.Value, "Answer the question: Who signs at the customer?"), (record.WaitingForWho, record.WaitingForWhat));
        var seen = (await Tasks.GetAsync(task.Id, PartnerPerson))!;
        Assert.Equal(("Who signs at the customer?", 0, null), (seen.Question, seen.Outcomes.Count, seen.Context));
        Assert.Equal("actor.forbidden", (await CompleteAsync(task, "Approve", PartnerPerson)).Refusal!.Code);
        await AdvanceAsync(TimeSpan.FromDays(9));
        Assert.Equal(0, await Get<TaskEscalation>().RunAsync());

        Assert.True((await Tasks.ReplyAsync(task.Id, "The CFO.", PartnerPerson)).IsSuccess);

        var after = await RowAsync(task.Id);
        Assert.Equal((TaskState.Claimed, "u-anna"), (after.State, after.Assignee));
        Assert.Equal(left, Workflows.Tasks.Calendars.BusinessTime.Between(Now, after.Due!.Value, calendar));
        Assert.Equal("Approve the deal", (await CaseAsync(task.CaseId)).WaitingForWhat);
        Assert.Equal(
            ["task.opened", "task.claimed", "task.question", "task.answer"],
            (await Tasks.HistoryAsync(task.Id, Ops)).Select(entry => entry.Action));
        Assert.Null(await Tasks.GetAsync(task.Id, PartnerPerson));
        Assert.True((await CompleteAsync(task, "Approve", Approver)).IsSuccess);
    }

    [Fact]
    public async Task Escalation_NobodyAnswers_GoesUpTheLadderAndEndsAsTheProcessSays()
    {
        var task = await OpenApprovalAsync(("defaultOutcome", "Approve"));
        await Storage.WriteAsync((db, _) =>
        {
            db.Add(new Availability { Person = "u-anna", Manager = "u-max" });
            return Task.CompletedTask;
        });
        await Tasks.ClaimAsync(task.Id, Approver);
        var steps = new List<string>();
        for (var hour = 0; hour < 24 * 12 && (await RowAsync(task.Id)).IsOpen; hour++)
        {
            await AdvanceAsync(TimeSpan.FromHours(1));
            if (await Get<TaskEscalation>().RunAsync() > 0)
            {
                await SettleAsync();
                var row = await RowAsync(task.Id);
                var spent = Workflows.Tasks.Calendars.BusinessTime.Between(row.CreatedAt, Now, Workflows.Tasks.Calendars.BusinessTime.Calendar("default"));
                steps.Add($"{row.Escalation} after {spent.TotalHours:0.#} h {row.Assignee ?? row.CandidateRoles}");
            }
        }

        Assert.Equal(
            ["1 after 5 h u-anna", "2 after 8 h u-anna", "3 after 10 h u-max", "4 after 20 h |approver|channel-head|", "5 after 30 h system:task-escalation"],
            steps);
        Assert.Equal(1, await WentOnAsync(task));
        var mails = await MailsAsync();
        Assert.Equal(["task-reminder", "task-warning", "task-escalated", "task-escalated"], mails.Select(mail => (string)JsonNode.Parse(mail.PayloadJson)!["template"]!));
    }

    [Fact]
    public async Task Escalation_SweepThatWasMissed_IsMadeUpForOnce()
    {
        var task = await OpenApprovalAsync();
        await AdvanceAsync(TimeSpan.FromDays(30));

        Assert.Equal(1, await Get<TaskEscalation>().RunAsync());
        Assert.Equal(0, await Get<TaskEscalation>().RunAsync());
        var row = await RowAsync(task.Id);
        Assert.Equal((TaskState.Open, 5, "|approver|ops|channel-head|"), (row.State, row.Escalation, row.CandidateRoles));
    }

    [Fact]
    public async Task Plan_Priority_MovesTheTaskInTheInboxAndIsChecked()
    {
        var first = await OpenApprovalAsync();
        var second = await OpenApprovalAsync();
        Assert.Equal("priority", (await Tasks.PlanAsync(second.Id, 6, null, false, Approver)).Refusal!.Field);
        Assert.Equal("actor.forbidden", (await Tasks.PlanAsync(second.Id, 1, null, false, Actor.Staff("u-sam", "Sam", ActorSource.Web, "seller"))).Refusal!.Code);

        Assert.True((await Tasks.PlanAsync(second.Id, 1, null, false, Approver)).IsSuccess);

        var inbox = (await Tasks.FindAsync(new TaskQuery(Role: "approver"), new PageRequest(), Approver)).Items.Select(task => (task.Id, task.Priority));
        Assert.Equal([(second.Id, 1), (first.Id, 3)], inbox);
    }

    [Fact]
    public async Task FollowUp_OnItsDay_RemindsOnceWhoHasTheTask()
    {
        var task = await OpenApprovalAsync(("due", "P90D"));
        await Tasks.ClaimAsync(task.Id, Approver);
        Assert.True((await Tasks.PlanAsync(task.Id, null, Now.AddDays(3), true, Approver)).IsSuccess);

        await AdvanceAsync(TimeSpan.FromDays(2));
        Assert.Equal(0, await Get<TaskEscalation>().RunAsync());
        await AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Equal(1, await Get<TaskEscalation>().RunAsync());
        Assert.Equal(0, await Get<TaskEscalation>().RunAsync());

        var mail = JsonNode.Parse(Assert.Single(await MailsAsync()).PayloadJson)!;
        Assert.Equal(("task-follow-up", "u-anna"), ((string)mail["template"]!, (string)mail["recipient"]!));
        Assert.Null((await RowAsync(task.Id)).FollowUp);
    }

    [Fact]
    public async Task FollowUp_TakenAway_RemindsNobody()
    {
        var task = await OpenApprovalAsync(("due", "P90D"));
        await Tasks.PlanAsync(task.Id, null, Now.AddDays(3), true, Approver);
        await Tasks.PlanAsync(task.Id, null, null, true, Approver);
        await AdvanceAsync(TimeSpan.FromDays(4));

        Assert.Equal(0, await Get<TaskEscalation>().RunAsync());
        Assert.Empty(await MailsAsync());
    }

    [Fact]
    public async Task OutOfOffice_WhoIsAway_HasTheirTasksDoneByWhoStandsIn()
    {
        await Tasks.SetAvailabilityAsync("u-anna", Now, Now.AddDays(7), "u-ben", null, Approver);
        var assigned = await OpenApprovalAsync(("assignee", "u-anna"));
        Assert.Equal("u-ben", assigned.Assignee);

        var barred = await OpenApprovalAsync(("assignee", "u-anna"), ("excluded", new[] { "u-ben" }));
        Assert.Null(barred.Assignee);

        await AdvanceAsync(TimeSpan.FromDays(8));
        Assert.Equal("u-anna", (await OpenApprovalAsync(("assignee", "u-anna"))).Assignee);
        await Tasks.SetAvailabilityAsync("u-anna", Now, null, "u-ben", null, Approver);
        await Get<TaskEscalation>().RunAsync();
        Assert.Empty((await Tasks.FindAsync(new TaskQuery(Assignee: "u-anna"), new PageRequest(), Ops)).Items);
    }

    [Fact]
    public async Task SetAvailability_OfOthersOrInsideOut_IsRefused()
    {
        Assert.Equal("actor.forbidden", (await Tasks.SetAvailabilityAsync("u-ben", Now, null, null, null, Approver)).Refusal!.Code);
        Assert.Equal("awayUntil", (await Tasks.SetAvailabilityAsync("u-anna", Now, Now.AddDays(-1), null, null, Approver)).Refusal!.Field);
        Assert.Equal("substitute", (await Tasks.SetAvailabilityAsync("u-anna", Now, null, "u-anna", null, Approver)).Refusal!.Field);
        Assert.Equal("actor.forbidden", (await Tasks.SetAvailabilityAsync("u-anna", Now, null, null, "u-ben", Approver)).Refusal!.Code);
    }

    [Fact]
    public async Task Bulk_MixedTasks_DoesWhatMayBeDoneAndSaysWhatNot()
    {
        var mine = await OpenApprovalAsync();
        var barred = await OpenApprovalAsync(("excluded", new[] { "u-anna" }));
        var partner = await OpenPartnerTaskAsync();

        var result = await Tasks.BulkAsync([mine.Id.Value, barred.Id.Value, partner.Id.Value, "task-none"], new BulkWork("complete", Outcome: "Approve"), Approver);

        Assert.Equal(["", "duties.same-person", "task.unknown-outcome", "task.not-found"], result.Value.Select(item => item.Code ?? ""));
        Assert.Equal("bulk.action", (await Tasks.BulkAsync([mine.Id.Value], new BulkWork("burn"), Approver)).Refusal!.Code);
        Assert.Equal("bulk.ids", (await Tasks.BulkAsync([], new BulkWork("claim"), Approver)).Refusal!.Code);
    }

    [Fact]
    public async Task Documents_UploadedForTheTask_AreCheckedAgainstTheForm()
    {
        var ct = TestContext.Current.CancellationToken;
        var task = await OpenAsync(
            null,
            ("outcomes", new[] { "Done" }),
            ("roles", new[] { "approver" }),
            ("form", JsonNode.Parse("""{"type":"object","required":["contract"],"properties":{"contract":{"type":"string","format":"file","maxSize":10,"accept":[".pdf"]}}}""")));
        var documents = Get<DocumentStore>();
        async Task<Document> Upload(string name, string text) => (await documents.AddAsync(task.Id, name, new MemoryStream(Encoding.UTF8.GetBytes(text)), Approver, ct)).Value;
        JsonObject With(string id) => new() { ["contract"] = id };

        Assert.Equal("document.type", (await documents.AddAsync(task.Id, "virus.exe", new MemoryStream([1]), Approver, ct)).Refusal!.Code);
        Assert.Equal("document.empty", (await documents.AddAsync(task.Id, "a.pdf", new MemoryStream(), Approver, ct)).Refusal!.Code);
        Assert.Equal("form.document-too-large", (await CompleteAsync(task, "Done", Approver, With((await Upload("long.pdf", "much too long")).Id))).Refusal!.Code);
        Assert.Equal("form.document-type", (await CompleteAsync(task, "Done", Approver, With((await Upload("text.txt", "short")).Id))).Refusal!.Code);
        Assert.Equal("form.document", (await CompleteAsync(task, "Done", Approver, With("doc-of-another"))).Refusal!.Code);
        var good = await Upload("../../etc/contract.pdf", "short");
        Assert.Equal(("contract.pdf", "application/pdf"), (good.Name, good.ContentType));
        Assert.True((await CompleteAsync(task, "Done", Approver, With(good.Id))).IsSuccess);

        var opened = await documents.OpenAsync(good.Id, Ops, ct);
        await using var content = opened!.Value.Content;
        Assert.Equal("short", await new StreamReader(content).ReadToEndAsync(ct));
        Assert.Null(await documents.OpenAsync(good.Id, PartnerPerson, ct));
        Assert.Equal("task.not-open", (await documents.AddAsync(task.Id, "late.pdf", new MemoryStream([1]), Approver, ct)).Refusal!.Code);
    }

    [Fact]
    public async Task Find_Pages_GoThroughEveryTaskOnceInOrderOfDueDateAndAreCounted()
    {
        await Storage.WriteAsync((db, _) =>
        {
            for (var i = 0; i < 120; i++)
            {
                db.Add(new HumanTask
                {
                    Id = new TaskId($"t-{i:D3}"),
                    CaseId = new CaseId("c"),
                    StepId = "s",
                    Type = i % 3 == 0 ? "a" : "b",
                    Title = $"Task {i % 10} of 100%",
                    OutcomesJson = "[]",
                    CandidateRoles = i % 4 == 0 ? "|finance|" : "|approver|ops|",
                    CandidatePeople = i % 7 == 0 ? "|u-anna|" : "",
                    Excluded = i % 5 == 0 ? "|u-anna|" : "",
                    Assignee = i % 6 == 0 ? i % 12 == 0 ? "u-anna" : "u-ben" : null,
                    CreatedAt = Now,
                    Due = i % 11 == 0 ? null : Now.AddHours(i * 37 % 100),
                    Priority = 1 + (i % 5),
                });
            }

            return Task.CompletedTask;
        });
        var rows = await Storage.ReadAsync((db, token) => Task.FromResult(db.Set<HumanTask>().ToList()));
        var ofTwoRoles = Actor.Staff("u-cora", "Cora", ActorSource.Api, "approver", "ops");
        bool Mine(HumanTask task) => !task.Excluded.Contains("u-anna") && (task.Assignee == "u-anna" || (task.Assignee is null && (task.CandidatePeople.Contains("u-anna") || task.CandidateRoles.Contains("approver"))));
        (TaskQuery Query, Func<HumanTask, bool> Expected)[] cases =
        [
            (new TaskQuery(), _ => true),
            (new TaskQuery(MineOnly: true), Mine),
            (new TaskQuery(MineOnly: true, Type: "a"), task => Mine(task) && task.Type == "a"),
            (new TaskQuery(MineOnly: true, Text: "task 3"), task => Mine(task) && task.Title.StartsWith("Task 3", StringComparison.Ordinal)),
            (new TaskQuery(MineOnly: true, DueBefore: Now.AddHours(50)), task => Mine(task) && task.Due < Now.AddHours(50)),
            (new TaskQuery(Role: "finance"), task => task.CandidateRoles.Contains("finance")),
            (new TaskQuery(Role: "ops", Type: "b"), task => task.CandidateRoles.Contains("ops") && task.Type == "b"),
            (new TaskQuery(Assignee: "u-ben"), task => task.Assignee == "u-ben"),
            (new TaskQuery(Text: "100%"), _ => true),
            (new TaskQuery(Text: "1_0"), _ => false),
        ];
        foreach (var (query, expected) in cases)
        {
            var found = new List<TaskView>();
            string? cursor = null;
            do
            {
                var page = await Tasks.FindAsync(query, new PageRequest(cursor, 7), Approver);
                Assert.True(page.Items.Count is > 0 and <= 7 || (page.Items.Count == 0 && page.Next is null));
                found.AddRange(page.Items);
                cursor = page.Next;
            }
            while (cursor is not null);

            Assert.Equal(
                rows.Where(expected).OrderBy(task => task.Due ?? DateTimeOffset.MaxValue).ThenBy(task => task.Priority).ThenBy(task => task.Id.Value, StringComparer.Ordinal).Select(task => task.Id),
                found.Select(task => task.Id));
            Assert.Equal((await Tasks.FindAsync(query, new PageRequest(Limit: 200), ofTwoRoles)).Items.Count, await Tasks.CountAsync(query, ofTwoRoles));
        }
    }
}
