namespace Ecosystem.Designer.Elsa;

/// <summary>Elsa's REST API, as far as Elsa Studio calls it.</summary>
internal static class ElsaApi
{
    /// <summary>Where Studio finds it.</summary>
    public const string Root = "/elsa/api";
}
