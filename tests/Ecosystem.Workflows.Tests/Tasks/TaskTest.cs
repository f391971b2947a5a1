using System.Text.Json.Nodes;
using Ecosystem.Workflows.Integration.Outbox;
using Ecosystem.Workflows.Partners;
using Ecosystem.Workflows.Tasks;
using Ecosystem.Workflows.Tests.Definitions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Workflows.Tests.Tasks;

/// <summary>Base of tests of human tasks: a process with one task, a partner with a contact, people that are known.</summary>
public abstract class TaskTest : CaseTest
{
    private readonly string folder = Directory.CreateTempSubdirectory("ecosystem-tasks-").FullName;

    protected static PartnerId Partner { get; } = new("p-1");

    protected static Actor PartnerPerson { get; } = Actor.OfPartner("u-pia", "Pia Partner", Partner);

    protected KnownPeople People { get; } = new();

    protected override void Configure(IServiceCollection collection, IDictionary<string, string?> settings)
    {
        base.Configure(collection, settings);
        settings["Ecosystem:DataDirectory"] = folder;
        settings["Mail:Folder"] = Path.Combine(folder, "mail");
        collection.AddSingleton<IPeople>(People);
    }

    protected override async Task StartedAsync()
    {
        await base.StartedAsync();
        await Storage.WriteAsync((db, _) =>
        {
            db.Add(new Partner { Id = Partner, LegalName = "Nordwind GmbH", NameKey = "nordwind", Country = "DE" });
            db.Add(new PartnerContact { Id = new ContactId("c-1"), PartnerId = Partner, Name = "Carla Contact", Email = "carla@nordwind.example", CreatedAt = Now });
            return Task.CompletedTask;
        });
    }

    protected override async ValueTask StoppedAsync()
    {
        await base.StoppedAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Starts a case that waits for one task, described by the inputs.</summary>
    protected async Task<TaskView> OpenAsync(Subject? subject, params (string Name, object? Value)[] inputs)
    {
        var id = $"flow-{Guid.NewGuid():N}";
        await PublishAsync(new FlowBuilder(id)
            .Add("step", "Ecosystem.HumanTask", inputs)
            .Add("after", "Test.Note", ("text", "went on"))
            .Arrows("step.Approve->after", "step.Done->after").Build());
        var caseId = await Storage.WriteAsync((db, token) =>
            Get<Workflows.Definitions.CaseLauncher>().AddAsync(db, id, subject ?? new Subject("deal", "deal-1"), Partner, cancellationToken: token));
        await DeliverAsync();
        return await OnlyTaskAsync(caseId);
    }

    protected Task<TaskView> OpenApprovalAsync(params (string Name, object? Value)[] more) => OpenAsync(
        null,
        [("taskType", "deal-approval"), ("title", "Approve the deal"), ("outcomes", new[] { "Approve", "Reject" }), ("roles", new[] { "approver" }), ("due", "10 business hours"), .. more]);

    protected Task<TaskView> OpenPartnerTaskAsync() => OpenAsync(
        new Subject("partner", Partner.Value),
        ("taskType", "deal-info"),
        ("title", "Complete the registration"),
        ("outcomes", new[] { "Done" }),
        ("partner", Partner.Value),
        ("form", JsonNode.Parse("""{"type":"object","required":["answer"],"properties":{"answer":{"type":"string","title":"Your answer","maxLength":100}}}""")));

    protected Task<HumanTask> RowAsync(TaskId id) => Storage.ReadAsync((db, token) => db.Set<HumanTask>().SingleAsync(task => task.Id == id, token));

    protected Task<List<OutboxMessage>> MailsAsync() => Storage.ReadAsync((db, token) => db.Set<OutboxMessage>().Where(message => message.Kind == OutboxKind.Mail).ToListAsync(token));

    /// <summary>How often the case went on after the task.</summary>
    protected async Task<int> WentOnAsync(TaskView task) => (await Cases.HistoryAsync(task.CaseId)).Count(entry => entry.StepId == "after" && entry.Status == "Completed");

    protected sealed class KnownPeople : IPeople
    {
        public List<Person> All { get; } =
        [
            new("u-anna", "Anna Approver", "anna@vendor.example", ["approver"]),
            new("u-ben", "Ben Approver", "ben@vendor.example", ["approver"]),
            new("u-max", "Max Manager", "max@vendor.example", ["seller"]),
            new("u-ops", "Olga Ops", "olga@vendor.example", ["ops", "approver"]),
            new("u-adm", "Ada Admin", "ada@vendor.example", ["admin", "approver"]),
            new("u-pia", "Pia Partner", "pia@nordwind.example", ["partner"], Partner),
        ];

        public bool IsComplete => true;

        public Task<Person?> FindAsync(string id, CancellationToken cancellationToken = default) => Task.FromResult(All.Find(person => person.Id == id));

        public Task<IReadOnlyList<Person>> InRoleAsync(string role, CancellationToken cancellationToken = default) =>
            Task.FromResult<IReadOnlyList<Person>>(All.FindAll(person => person.Roles.Contains(role)));
    }
}
