using CsCheck;
using Ecosystem.Workflows.Deals;
using Ecosystem.Workflows.Partners;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Tests.Storage;

public class PartnerIsolationTests : LifecycleTest
{
    // Rows that name a partner and are for the vendor only; they are never read on behalf of a partner.
    private static readonly string[] VendorOnly = ["PartnerKey"];

    [Fact]
    public async Task Model_EveryEntityWithAPartner_IsFiltered() => await Storage.ReadAsync((db, _) =>
    {
        var unfiltered = db.Model.GetEntityTypes()
            .Where(entity => entity.ClrType.GetProperty("PartnerId") is not null && entity.GetDeclaredQueryFilters().Count == 0)
            .Select(entity => entity.ClrType.Name)
            .Except(VendorOnly);
        Assert.Empty(unfiltered);
        return Task.FromResult(true);
    });

    [Fact]
    public async Task Read_AsAnyPartnerOverRandomData_SeesOwnRowsOnly()
    {
        PartnerId[] partners = [await ActivePartnerAsync("p0"), await ActivePartnerAsync("p1"), await ActivePartnerAsync("p2"), await ActivePartnerAsync("p3")];
        var owners = Gen.Int[0, 3].Array[25].Single();
        for (var i = 0; i < owners.Length; i++)
        {
            await DealInAsync(i % 3 == 0 ? DealState.Protected : DealState.Checking, partners[owners[i]], $"d{i}", $"Customer {i % 7}", $"Product {i % 3}");
        }

        foreach (var partner in partners)
        {
            var actor = Actor.OfPartner("u", "U", partner);
            var deals = (await Deals.FindAsync(new DealQuery(), new PageRequest(null, 200), actor)).Items;
            Assert.All(deals, deal => Assert.Equal(partner, deal.PartnerId));
            Assert.Equal(owners.Count(owner => partners[owner] == partner), deals.Count);
            Assert.Equal(partner, Assert.Single((await Partners.FindAsync(new PartnerQuery(), new PageRequest(), actor)).Items).Id);
            Assert.Empty((await Deals.FindAsync(new DealQuery(partners.First(other => other != partner)), new PageRequest(), actor)).Items);
            await Storage.ReadAsync(actor, async (db, token) =>
            {
                Assert.All(await db.Set<DealHistoryEntry>().ToListAsync(token), entry => Assert.Equal(partner, entry.PartnerId));
                Assert.All(await db.Set<PartnerContact>().ToListAsync(token), contact => Assert.Equal(partner, contact.PartnerId));
                return true;
            });
        }

        Assert.Equal(owners.Length, (await Deals.FindAsync(new DealQuery(), new PageRequest(null, 200), System)).Items.Count);
    }

    [Fact]
    public async Task Read_AsAPartner_CannotWrite()
    {
        var partner = await ActivePartnerAsync("north");
        await Assert.ThrowsAsync<InvalidOperationException>(() => Storage.ReadAsync(Actor.OfPartner("u", "U", partner), async (db, token) =>
        {
            db.Add(new PartnerContact { Id = new ContactId("c"), PartnerId = partner, Name = "X" });
            return await db.SaveChangesAsync(token);
        }));
    }
}
