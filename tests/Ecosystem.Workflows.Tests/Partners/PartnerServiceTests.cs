using Ecosystem.Workflows.Partners;

namespace Ecosystem.Workflows.Tests.Partners;

public class PartnerServiceTests : LifecycleTest
{
    [Fact]
    public async Task ApplyAsync_GoodApplication_IsAnApplicantWithACase()
    {
        var applied = (await Partners.ApplyAsync(Application("Nordwind GmbH"), Ops)).Value;
        var partner = (await Partners.GetAsync(applied.PartnerId, Ops))!;
        Assert.Equal((PartnerStatus.Applicant, PartnerTier.Registered, "DE", applied.CaseId), (partner.Status, partner.Tier, partner.Country, partner.CaseId!.Value));
        Assert.Equal("Ann Example", Assert.Single(await Partners.ContactsAsync(applied.PartnerId, Ops)).Name);
    }

    [Fact]
    public async Task ApplyAsync_SameIdAgain_GivesTheSameAnswer()
    {
        var first = (await Partners.ApplyAsync(Application("Nordwind", "p1"), Importer)).Value;
        Assert.Equal(first, (await Partners.ApplyAsync(Application("Nordwind", "p1"), Importer)).Value);
        Assert.Single((await Partners.FindAsync(new PartnerQuery(), new PageRequest(), Ops)).Items);
    }

    [Fact]
    public async Task ApplyAsync_BadInput_NamesEveryField()
    {
        var result = await Partners.ApplyAsync(
            new PartnerApplication { LegalName = "", Country = "XX", Domain = "no", RequestedDiscount = 101, RegistryVerified = true, Contact = new ContactDetails { Email = "nobody" } },
            Actor.Staff("u", "U", ActorSource.Api));
        Assert.Equal(
            ["contact.email", "contact.name", "country", "domain", "legalName", "registryVerified", "requestedDiscount"],
            result.Refusals.Select(refusal => refusal.Field).Order());
        Assert.Empty((await Partners.FindAsync(new PartnerQuery(), new PageRequest(), Ops)).Items);
    }

    [Fact]
    public async Task FindAsync_ByNameInAnySpelling_Finds()
    {
        await Partners.ApplyAsync(Application("Müller & Söhne GmbH", "p1"), Importer);
        await Partners.ApplyAsync(Application("Other", "p2"), Importer);
        Assert.Equal("p1", Assert.Single((await Partners.FindAsync(new PartnerQuery("MULLER"), new PageRequest(), Ops)).Items).Id.Value);
        Assert.Empty((await Partners.FindAsync(new PartnerQuery(Status: PartnerStatus.Active), new PageRequest(), Ops)).Items);
    }

    [Fact]
    public async Task Partner_SeesOnlyItself()
    {
        await Partners.ApplyAsync(Application("One", "p1"), Importer);
        await Partners.ApplyAsync(Application("Two", "p2"), Importer);
        var actor = Actor.OfPartner("u1", "U", new PartnerId("p1"));
        Assert.Equal("p1", Assert.Single((await Partners.FindAsync(new PartnerQuery(), new PageRequest(), actor)).Items).Id.Value);
        Assert.Null(await Partners.GetAsync(new PartnerId("p2"), actor));
        Assert.Empty(await Partners.ContactsAsync(new PartnerId("p2"), actor));
        Assert.Equal("partner.not-found", (await Partners.AddContactAsync(new PartnerId("p2"), new ContactDetails { Name = "X" }, actor)).Refusal!.Code);
    }
}
