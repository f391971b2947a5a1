using System.Collections.Frozen;

namespace Ecosystem.Workflows;

/// <summary>Who does something: a person, a program or the system itself. Every command takes one; audit entries name it.</summary>
public sealed record Actor
{
    /// <summary>Stable id of the person or program, for example a user id; never a display name or an e-mail address.</summary>
    public required string Id { get; init; }

    /// <summary>What pages show.</summary>
    public required string Name { get; init; }

    /// <summary>Roles in lower case: <c>ops</c>, <c>approver</c>, <c>finance</c>, <c>seller</c>, <c>partner</c>, <c>admin</c>, <c>system</c>.</summary>
    public FrozenSet<string> Roles { get; init; } = FrozenSet<string>.Empty;

    /// <summary>The partner this actor acts for and whose data alone it may see; null for the vendor's own people and the system.</summary>
    public PartnerId? Partner { get; init; }

    /// <summary>Through which door the command came.</summary>
    public ActorSource Source { get; init; }

    /// <summary>True when the actor is a process of this product.</summary>
    public bool IsSystem => Source == ActorSource.System;

    /// <summary>An actor for a process of this product.</summary>
    /// <param name="name">Which process, for example <c>expiry-sweep</c>.</param>
    /// <returns>The actor; it has the role <c>system</c> and sees every partner.</returns>
    public static Actor System(string name) =>
        new() { Id = "system:" + name, Name = name, Roles = FrozenSet.ToFrozenSet(["system"], StringComparer.Ordinal), Source = ActorSource.System };

    /// <summary>An actor for one of the vendor's own people.</summary>
    /// <param name="id">Stable id.</param>
    /// <param name="name">What pages show.</param>
    /// <param name="source">Through which door.</param>
    /// <param name="roles">The roles.</param>
    /// <returns>The actor.</returns>
    public static Actor Staff(string id, string name, ActorSource source, params IEnumerable<string> roles) =>
        new() { Id = id, Name = name, Source = source, Roles = roles.ToFrozenSet(StringComparer.Ordinal) };

    /// <summary>An actor for a person at a partner; it sees that partner's data only.</summary>
    /// <param name="id">Stable id.</param>
    /// <param name="name">What pages show.</param>
    /// <param name="partner">The partner.</param>
    /// <param name="source">Through which door.</param>
    /// <returns>The actor; it has the role <c>partner</c>.</returns>
    public static Actor OfPartner(string id, string name, PartnerId partner, ActorSource source = ActorSource.Web) =>
        new() { Id = id, Name = name, Partner = partner, Source = source, Roles = FrozenSet.ToFrozenSet(["partner"], StringComparer.Ordinal) };

    /// <summary>Tells whether the actor has a role.</summary>
    /// <param name="role">The role, in lower case.</param>
    /// <returns>True when it has.</returns>
    public bool Has(string role) => Roles.Contains(role);

    /// <summary>Tells whether the actor may see what belongs to a partner.</summary>
    /// <param name="owner">The partner.</param>
    /// <returns>True for the vendor's people, the system, and people of that partner.</returns>
    public bool MaySee(PartnerId owner) => Partner is null || Partner == owner;
}
