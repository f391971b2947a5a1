using Ecosystem.Workflows.Partners.Matching;

namespace Ecosystem.Workflows.Tests.Partners;

public sealed class MatchingTests
{
    [Theory]
    [InlineData("ACME GmbH & Co. KG", "acme")]
    [InlineData("Acme, Inc.", "acme")]
    [InlineData("Société Générale S.A.", "societe generale")]
    [InlineData("Müller & Söhne", "muller sohne")]
    [InlineData("Straße AG", "strasse")]
    [InlineData("ＡＣＭＥ　Ｌｔｄ", "acme")]
    [InlineData("L'Oréal S.à r.l.", "loreal")]
    [InlineData("GmbH", "gmbh")]
    [InlineData("  ", "")]
    public void Key_Name_IsFoldedWithoutLegalForm(string name, string key) => Assert.Equal(key, CompanyName.Key(name));

    [Theory]
    [InlineData("https://www.shop.acme.co.uk/contact?x=1", "acme.co.uk")]
    [InlineData("ann@mail.acme.com", "acme.com")]
    [InlineData("ACME.COM:8080", "acme.com")]
    [InlineData("bücher.example.de", "example.de")]
    [InlineData("www.bücher.de", "xn--bcher-kva.de")]
    [InlineData("www.city.kobe.jp", "city.kobe.jp")]
    [InlineData("a.b.c.kobe.jp", "b.c.kobe.jp")]
    [InlineData("co.uk", null)]
    [InlineData("localhost", null)]
    [InlineData("10.0.0.1", null)]
    [InlineData("a..b.com", null)]
    [InlineData("", null)]
    public void Of_Host_IsTheRegistrableDomain(string text, string? domain) => Assert.Equal(domain, RegistrableDomain.Of(text));

    [Fact]
    public void Identity_FreeMail_SaysNothingAboutTheCompany() => Assert.Null(CompanyIdentity.From("Acme", contactEmail: "acme@gmail.com").Domain);

    [Theory]
    [InlineData("030 123456", "DE", "+4930123456")]
    [InlineData("+1 (415) 555-2671", "DE", "+14155552671")]
    [InlineData("call me", "DE", null)]
    public void ToE164_Number_IsInternational(string text, string country, string? number) => Assert.Equal(number, PhoneNumber.ToE164(text, country));

    [Fact]
    public void Match_Signals_AddUpToAtMostOne()
    {
        var acme = CompanyIdentity.From("Acme GmbH", "acme.com", "DE", city: "Berlin", postcode: "10115");
        Assert.Equal(0.6m + 0.2m, CompanyMatch.Of(acme, CompanyIdentity.From("ACME Inc", city: "berlin", postcode: "10115")).Score);
        Assert.Equal(0.9m, CompanyMatch.Of(acme, CompanyIdentity.From("Totally Other", "sub.acme.com")).Score);
        Assert.Equal(1m, CompanyMatch.Of(acme, CompanyIdentity.From("ACME", "acme.com")).Score);
        Assert.Equal(0m, CompanyMatch.Of(acme, CompanyIdentity.From("Zenith", "zenith.io")).Score);
        Assert.Equal(0.4m, CompanyMatch.Of(CompanyIdentity.From("Sub Company", parent: "Acme GmbH"), acme).Score);
    }

    [Fact]
    public void Match_Order_DoesNotMatter()
    {
        string[] names = ["Acme Corporation", "Acme Corp", "Betasoloin", "Betatech", "Cancity", "Con-ex Ltd"];
        foreach (var one in names)
        {
            foreach (var other in names)
            {
                Assert.Equal(CompanyMatch.NamesAlike(CompanyName.Key(one), CompanyName.Key(other)), CompanyMatch.NamesAlike(CompanyName.Key(other), CompanyName.Key(one)));
            }
        }
    }
}
