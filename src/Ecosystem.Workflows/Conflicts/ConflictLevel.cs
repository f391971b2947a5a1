namespace Ecosystem.Workflows.Conflicts;

/// <summary>How sure it is that two registrations are about the same opportunity.</summary>
public enum ConflictLevel
{
    /// <summary>They are not.</summary>
    None,

    /// <summary>A person has to compare.</summary>
    Review,

    /// <summary>They are: a case is opened.</summary>
    Hard,
}
