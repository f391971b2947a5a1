namespace Ecosystem.Workflows;

/// <summary>Through which door a command came in.</summary>
public enum ActorSource
{
    /// <summary>A process of this product.</summary>
    System,

    /// <summary>A page.</summary>
    Web,

    /// <summary>The REST API.</summary>
    Api,

    /// <summary>A file import.</summary>
    Import,

    /// <summary>An e-mail or a signed link in one.</summary>
    Mail,

    /// <summary>A webhook of another system.</summary>
    Webhook,
}
