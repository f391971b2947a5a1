using System.Text.Json.Nodes;
using Ecosystem.Workflows.Tasks;

namespace Ecosystem.Workflows.Simulation;

/// <summary>
/// The people who answer tasks in a main job; the summary names them. Each does what one person in the vendor's house would do, so that
/// segregation of duties, which is checked on the person, holds: one of finance verifies bank details and approves, the other releases.
/// </summary>
public sealed class SimulatedPeople
{
    private static readonly Actor[] Vendor =
    [
        Actor.Staff("sim-finance-1", "Simulated finance clerk", ActorSource.Api, "finance"),
        Actor.Staff("sim-finance-2", "Simulated finance controller", ActorSource.Api, "finance"),
        Actor.Staff("sim-finance-3", "Simulated head of finance", ActorSource.Api, "finance"),
        Actor.Staff("sim-ops", "Simulated channel operations", ActorSource.Api, "ops", "seller"),
        Actor.Staff("sim-compliance", "Simulated compliance officer", ActorSource.Api, "compliance", "legal"),
        Actor.Staff("sim-it", "Simulated IT administrator", ActorSource.Api, "it", "system", "admin"),
        Actor.Staff("sim-vp", "Simulated VP of channels", ActorSource.Api, "vp", "approver"),
    ];

    private readonly List<Actor> people;
    private readonly Dictionary<PartnerId, Actor> partners;
    private readonly Dictionary<PartnerId, JsonObject> bank;

    /// <summary>Makes the people: the vendor's, a channel manager per region, and one person per partner.</summary>
    /// <param name="planned">The partners.</param>
    /// <param name="options">Which country and currency the partners have.</param>
    public SimulatedPeople(IReadOnlyList<PlannedPartner> planned, MainJobOptions options)
    {
        bank = planned.Select((partner, i) => (partner.Id, Form: SimulatedBank.Form(partner, i, options))).ToDictionary(pair => pair.Id, pair => pair.Form);
        var managers = planned.Select(partner => partner.Region).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(region => Actor.Staff("sim-channel-" + MainJobPlan.Slug(region), $"Simulated channel manager {region}", ActorSource.Api, "channel-manager", "approver", "seller"));
        people = [.. managers, .. Vendor];
        partners = planned.ToDictionary(
            partner => partner.Id, partner => Actor.OfPartner("sim-" + partner.Id.Value, $"Simulated contact of {partner.Name}", partner.Id, ActorSource.Api));
    }

    /// <summary>Everybody, for the summary.</summary>
    public IEnumerable<Actor> All => people.Concat(partners.Values);

    /// <summary>Who imports the export.</summary>
    public static Actor Importer { get; } = Actor.Staff("sim-import", "CRM import", ActorSource.Import, "ops", "system");

    /// <summary>The person of a partner.</summary>
    /// <param name="partner">The partner.</param>
    public Actor Of(PartnerId partner) => partners[partner];

    /// <summary>What the person of a partner enters in the tax and bank form.</summary>
    /// <param name="partner">The partner.</param>
    public JsonObject BankOf(PartnerId partner) => (JsonObject)bank[partner].DeepClone();

    /// <summary>Who may answer a task; null when nobody simulated may.</summary>
    /// <param name="task">The task.</param>
    /// <param name="barred">People who tried and were refused.</param>
    public Actor? For(HumanTask task, IReadOnlySet<string>? barred = null)
    {
        bool Allowed(Actor actor) =>
            !task.Excluded.Contains($"|{actor.Id}|", StringComparison.Ordinal) && !task.Excluded.Contains($"|{actor.Id}=", StringComparison.Ordinal) && barred?.Contains(actor.Id) != true;

        if (task.PartnerId is { } partner && partners.TryGetValue(partner, out var contact))
        {
            return Allowed(contact) ? contact : null;
        }

        return people.Find(actor => task.CandidatePeople.Contains($"|{actor.Id}|", StringComparison.Ordinal) && Allowed(actor))
            ?? people.Find(actor => actor.Roles.Any(role => task.CandidateRoles.Contains($"|{role}|", StringComparison.OrdinalIgnoreCase)) && Allowed(actor));
    }
}
