using System.Text.Json;
using Ecosystem.Workflows.Deals;
using Ecosystem.Workflows.Partners;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Tests.Partners;

public sealed class PartnerMergeTests : LifecycleTest
{
    private PartnerMergeService Merges => Get<PartnerMergeService>();

    [Fact]
    public async Task Unmerge_AfterMerge_RestoresBothExactly()
    {
        var kept = (await Partners.ApplyAsync(Application("Nordwind", "p1") with { City = null }, Importer)).Value.PartnerId;
        var absorbed = (await Partners.ApplyAsync(Application("Nordwind Handels GmbH", "p2") with { Domain = "nordwind.example.de", TaxId = "DE 123" }, Importer)).Value.PartnerId;
        await Partners.SetTaxFormAsync(absorbed, true, Importer);
        var before = await FactsAsync();

        var merge = (await Merges.MergeAsync(kept, absorbed, "Same register number.", Ops)).Value;
        var merged = (await Partners.GetAsync(kept, Ops))!;
        Assert.Equal(("example.de", "Berlin", true), (merged.Domain, merged.City, merged.TaxFormOnFile));
        Assert.Equal(2, (await Partners.ContactsAsync(kept, Ops)).Count);
        Assert.Equal((PartnerStatus.Merged, kept), ((await Partners.GetAsync(absorbed, Ops))!.Status, (await Partners.GetAsync(absorbed, Ops))!.MergedInto!.Value));
        Assert.NotEqual(before, await FactsAsync());

        Assert.Equal(absorbed, (await Merges.UnmergeAsync(merge, Ops)).Value);
        Assert.Equal(before, await FactsAsync());
        Assert.Equal("merge.undone", (await Merges.UnmergeAsync(merge, Ops)).Refusal!.Code);
    }

    [Fact]
    public async Task Unmerge_OutOfOrder_IsRefused()
    {
        PartnerId[] ids = [.. await Task.WhenAll(Enumerable.Range(1, 3).Select(async i => (await Partners.ApplyAsync(Application($"Firm {i}", $"p{i}"), Importer)).Value.PartnerId))];
        var first = (await Merges.MergeAsync(ids[0], ids[1], "Same.", Ops)).Value;
        Clock.Advance(TimeSpan.FromSeconds(1));
        var second = (await Merges.MergeAsync(ids[0], ids[2], "Same.", Ops)).Value;
        Assert.Equal("merge.later", (await Merges.UnmergeAsync(first, Ops)).Refusal!.Code);
        Assert.True((await Merges.UnmergeAsync(second, Ops)).IsSuccess);
        Assert.True((await Merges.UnmergeAsync(first, Ops)).IsSuccess);
    }

    [Fact]
    public async Task Merge_BadInput_IsRefusedAndChangesNothing()
    {
        var north = await ActivePartnerAsync("north");
        var south = await ActivePartnerAsync("south");
        await DealInAsync(DealState.Protected, south);
        var before = await FactsAsync();
        Assert.Equal("actor.forbidden", (await Merges.MergeAsync(north, south, "Same.", Actor.Staff("u", "U", ActorSource.Web))).Refusal!.Code);
        Assert.Equal("merge.same", (await Merges.MergeAsync(north, north, "Same.", Ops)).Refusal!.Code);
        Assert.Equal("merge.reason-missing", (await Merges.MergeAsync(north, south, " ", Ops)).Refusal!.Code);
        Assert.Equal("merge.open-deals", (await Merges.MergeAsync(north, south, "Same.", Ops)).Refusal!.Code);
        Assert.Equal("partner.not-found", (await Merges.MergeAsync(north, new PartnerId("nobody"), "Same.", Ops)).Refusal!.Code);
        Assert.Equal(before, await FactsAsync());
    }

    // All facts of partners, without the counters of changes.
    private Task<string> FactsAsync() => Storage.ReadAsync(async (db, token) => string.Join(
        '\n',
        JsonSerializer.Serialize((await db.Set<Partner>().OrderBy(row => row.Id).ToListAsync(token)).ConvertAll(Unversioned), StoredJson.Options),
        JsonSerializer.Serialize((await db.Set<PartnerContact>().OrderBy(row => row.Id).ToListAsync(token)).ConvertAll(Unversioned), StoredJson.Options),
        JsonSerializer.Serialize(await db.Set<PartnerKey>().OrderBy(row => row.Key).ThenBy(row => row.PartnerId).ToListAsync(token), StoredJson.Options)));

    private static T Unversioned<T>(T entity)
        where T : IVersioned
    {
        entity.Version = 0;
        return entity;
    }
}
