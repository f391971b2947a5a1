namespace Ecosystem.Designer.Identity;

/// <summary>One demo person.</summary>
/// <param name="Email">Sign-in name.</param>
/// <param name="DisplayName">Name on pages.</param>
/// <param name="Does">What this person is for, printed at start.</param>
/// <param name="RoleNames">Roles.</param>
internal sealed record DemoSignIn(string Email, string DisplayName, string Does, IReadOnlyList<string> RoleNames)
{
    /// <summary>The password of every demo person. Only ever created in demo mode.</summary>
    public const string Password = "ecosystem-demo";

    /// <summary>The demo people: two per deciding role, because four eyes need two persons.</summary>
    public static readonly IReadOnlyList<DemoSignIn> All =
    [
        new("olivia@demo.example", "Olivia Ops", "runs processes, rules and imports", [Roles.Ops]),
        new("vera@demo.example", "Vera Values", "changes values in rulesets, not their structure", [Roles.RuleEditor]),
        new("anton@demo.example", "Anton Approver", "decides on applications, deals and conflicts", [Roles.Approver]),
        new("amira@demo.example", "Amira Approver", "the second approver", [Roles.Approver]),
        new("fiona@demo.example", "Fiona Finance", "approves payouts", [Roles.Finance]),
        new("felix@demo.example", "Felix Finance", "releases payouts", [Roles.Finance]),
        new("cora@demo.example", "Cora Compliance", "looks into applicants, compares payees with the lists", [Roles.Compliance]),
        new("selma@demo.example", "Selma Seller", "the vendor's own sales", [Roles.Seller]),
        new("hanna@demo.example", "Hanna Head", "leads the channel: gets what stays undone", [Roles.ChannelHead]),
        new("adam@demo.example", "Adam Admin", "manages people and keys", [Roles.Admin]),
    ];
}
