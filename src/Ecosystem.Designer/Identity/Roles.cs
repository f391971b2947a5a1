namespace Ecosystem.Designer.Identity;

/// <summary>The roles a person or an API key can have.</summary>
internal static class Roles
{
    /// <summary>Runs processes: definitions, rulesets, partners, imports.</summary>
    public const string Ops = "ops";

    /// <summary>Decides on applications, deals and conflicts.</summary>
    public const string Approver = "approver";

    /// <summary>Approves and releases payouts.</summary>
    public const string Finance = "finance";

    /// <summary>Looks into applicants and partners, and compares payees with the lists they are screened against.</summary>
    public const string Compliance = "compliance";

    /// <summary>Answers changes to agreements, reviews exits.</summary>
    public const string Legal = "legal";

    /// <summary>Manages partners of a region: approves usual terms.</summary>
    public const string ChannelManager = "channel-manager";

    /// <summary>Approves terms and deals beyond the usual.</summary>
    public const string VicePresident = "vp";

    /// <summary>The vendor's own sales people.</summary>
    public const string Seller = "seller";

    /// <summary>A person of a partner company; sees only that company's data.</summary>
    public const string Partner = "partner";

    /// <summary>Manages people and keys; decides nothing (segregation of duties).</summary>
    public const string Admin = "admin";

    /// <summary>Leads the channel: gets what stays undone for twice its time.</summary>
    public const string ChannelHead = "channel-head";

    /// <summary>Changes values in rulesets, not their structure.</summary>
    public const string RuleEditor = "rule-editor";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = [Ops, RuleEditor, Approver, Finance, Compliance, Legal, Seller, ChannelManager, VicePresident, ChannelHead, Partner, Admin];
}
