namespace Ecosystem.Rules.Diagnostics;

/// <summary>Shows the network that rules were compiled to.</summary>
public interface ISessionSchemaProvider
{
    /// <summary>Draws up the network.</summary>
    /// <returns>Nodes and links.</returns>
    ReteGraph GetSchema();
}
