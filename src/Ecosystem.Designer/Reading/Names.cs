using Ecosystem.Designer.Identity;
using Ecosystem.Workflows;
using Ecosystem.Workflows.Conflicts;
using Ecosystem.Workflows.Deals;
using Ecosystem.Workflows.Partners;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Designer.Reading;

/// <summary>What people call the people, programs, partners and deals that are stored by their ids. One per circuit, so each is looked up once.</summary>
internal sealed class Names(IDbContextFactory<HostDbContext> contexts, PartnerService partners, DealService deals, ConflictService conflicts)
{
    private const string Key = "key:";
    private const string System = "system:";
    private readonly Dictionary<string, Task<string>> _known = new(StringComparer.Ordinal);

    /// <summary>The name of a person or program; the id itself when nobody has it any more.</summary>
    /// <param name="actorId">As stored with what was done.</param>
    public Task<string> OfActorAsync(string actorId) => Once($"actor {actorId}", async () =>
    {
        if (actorId.StartsWith(System, StringComparison.Ordinal))
        {
            return "the system";
        }

        await using var db = await contexts.CreateDbContextAsync();
        return (actorId.StartsWith(Key, StringComparison.Ordinal)
            ? await db.ApiKeys.Where(key => key.Id == actorId.Substring(Key.Length)).Select(key => key.Name).FirstOrDefaultAsync()
            : await db.Users.Where(user => user.Id == actorId).Select(user => user.DisplayName).FirstOrDefaultAsync()) ?? actorId;
    });

    /// <summary>The legal name of a partner; its id when the viewer may not see it.</summary>
    /// <param name="id">The partner.</param>
    /// <param name="viewer">Who looks.</param>
    public Task<string> OfPartnerAsync(PartnerId id, Actor viewer) =>
        Once($"partner {id}", async () => (await partners.GetAsync(id, viewer))?.LegalName ?? id.Value);

    /// <summary>The customer of a deal; its id when the viewer may not see it.</summary>
    /// <param name="id">The deal.</param>
    /// <param name="viewer">Who looks.</param>
    public Task<string> OfDealAsync(DealId id, Actor viewer) =>
        Once($"deal {id}", async () => (await deals.GetAsync(id, viewer))?.Customer.LegalName is { Length: > 0 } name ? name : id.Value);

    /// <summary>The customer whose business a conflict is over; its id when there is none the viewer may see.</summary>
    /// <param name="id">The conflict.</param>
    /// <param name="viewer">Who looks.</param>
    public Task<string> OfConflictAsync(ConflictId id, Actor viewer) =>
        Once($"conflict {id}", async () => (await conflicts.GetAsync(id, viewer))?.DealId is { } deal ? await OfDealAsync(deal, viewer) : id.Value);

    /// <summary>Puts names in the place of ids in a text: rules know the ones, people the others.</summary>
    /// <param name="text">The text; may be null.</param>
    /// <param name="names">Names by id.</param>
    public static string? In(string? text, IReadOnlyDictionary<string, string> names) =>
        text is null ? null : names.Aggregate(text, (said, name) => said.Replace(name.Key, name.Value, StringComparison.Ordinal));

    private Task<string> Once(string what, Func<Task<string>> look)
    {
        if (!_known.TryGetValue(what, out var name) || name.IsFaulted)
        {
            _known[what] = name = look();
        }

        return name;
    }
}
