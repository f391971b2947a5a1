namespace Ecosystem.Workflows.Partners;

/// <summary>A person, as given by who adds it.</summary>
public sealed record ContactDetails
{
    /// <summary>The person's id in an import; by default a new one.</summary>
    public ContactId? Id { get; init; }

    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary>The e-mail address.</summary>
    public string? Email { get; init; }

    /// <summary>The telephone number, as people write it.</summary>
    public string? Phone { get; init; }

    /// <summary>What the person does at the partner; default <c>contact</c>.</summary>
    public string? Role { get; init; }
}
