using System.Security.Claims;
using CsCheck;
using Ecosystem.Designer.Identity;

namespace Ecosystem.Designer.Tests.Identity;

public class AccessTests
{
    private static readonly Gen<string> Partners = Gen.Int[1, 3].Select(number => $"p{number}");

    [Fact]
    public void Sees_PartnersPerson_NeverAnotherPartnersData() => Gen.Select(Partners, Partners.Null(), Gen.Int[0, Roles.All.Count - 1].Select(index => Roles.All[index])).Sample((own, owner, extraRole) =>
    {
        // Even a staff role on a partner's person must not open other partners' data.
        var caller = Person(own, Roles.Partner, extraRole);
        return Access.Sees(caller, owner) == (owner == own) && Access.Narrow(caller, owner) == own;
    });

    [Fact]
    public void Narrow_CallerWithoutRoleOrPartner_NamesNoCompany() => Assert.Equal("none", Access.Narrow(Person(null), null));

    [Theory]
    [InlineData("deals:read", "deals", "read", true)]
    [InlineData("deals:read", "deals", "write", false)]
    [InlineData("deals:*", "deals", "write", true)]
    [InlineData("*:read", "payouts", "read", true)]
    [InlineData("*:read", "payouts", "write", false)]
    [InlineData("*", "payouts", "write", true)]
    [InlineData("deals:write", "dealsx", "write", false)]
    public void ScopeAllows_Scope_OnlyWhatItNames(string scope, string resource, string action, bool allowed)
    {
        var identity = new ClaimsIdentity([new Claim(EcosystemClaims.Scope, scope)], ApiKeyHandler.SchemeName);
        Assert.Equal(allowed, Access.ScopeAllows(new ClaimsPrincipal(identity), resource, action));
    }

    [Fact]
    public void ScopeAllows_KeyWithoutScopes_Nothing() =>
        Assert.False(Access.ScopeAllows(new ClaimsPrincipal(new ClaimsIdentity([], ApiKeyHandler.SchemeName)), "deals", "read"));

    private static ClaimsPrincipal Person(string? partner, params string[] roles)
    {
        var claims = roles.Select(role => new Claim(ClaimTypes.Role, role)).ToList();
        if (partner is not null)
        {
            claims.Add(new Claim(EcosystemClaims.PartnerId, partner));
        }

        return new ClaimsPrincipal(new ClaimsIdentity(claims, "test"));
    }
}
