using System.Collections.Frozen;

namespace Ecosystem.Workflows.Tasks;

/// <summary>A person to whom tasks and messages can go.</summary>
/// <param name="Id">The id, as <see cref="Actor.Id"/> has it.</param>
/// <param name="Name">What pages show.</param>
/// <param name="Email">Where messages go; null when nowhere.</param>
/// <param name="Roles">The roles.</param>
/// <param name="Partner">The partner the person belongs to; null for the vendor's own people.</param>
public sealed record Person(string Id, string Name, string? Email, IReadOnlyList<string> Roles, PartnerId? Partner = null)
{
    internal Actor ToActor(ActorSource source) => new() { Id = Id, Name = Name, Roles = Roles.ToFrozenSet(StringComparer.Ordinal), Source = source, Partner = Partner };
}
