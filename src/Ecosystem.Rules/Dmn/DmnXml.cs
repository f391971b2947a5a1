using System.Collections.Frozen;

namespace Ecosystem.Rules.Dmn;

/// <summary>Namespaces of the DMN schemas.</summary>
internal static class DmnXml
{
    public const string Di = "http://www.omg.org/spec/DMN/20180521/DI/";
    public const string Dc = "http://www.omg.org/spec/DMN/20180521/DC/";

    public static readonly FrozenDictionary<string, DmnVersion> Versions = new Dictionary<string, DmnVersion>(StringComparer.Ordinal)
    {
        ["http://www.omg.org/spec/DMN/20151101/dmn.xsd"] = DmnVersion.V11,
        ["http://www.omg.org/spec/DMN/20151101/dmn11.xsd"] = DmnVersion.V11,
        ["http://www.omg.org/spec/DMN/20180521/MODEL/"] = DmnVersion.V12,
        ["https://www.omg.org/spec/DMN/20191111/MODEL/"] = DmnVersion.V13,
        ["https://www.omg.org/spec/DMN/20211108/MODEL/"] = DmnVersion.V14,
        ["https://www.omg.org/spec/DMN/20230324/MODEL/"] = DmnVersion.V15,
        ["https://www.omg.org/spec/DMN/20240513/MODEL/"] = DmnVersion.V16,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Namespaces of drawings, of every version.</summary>
    public static readonly FrozenSet<string> Drawings = new[]
    {
        "http://www.omg.org/spec/DMN/20180521/DMNDI/", "https://www.omg.org/spec/DMN/20191111/DMNDI/", "https://www.omg.org/spec/DMN/20230324/DMNDI/", "https://www.omg.org/spec/DMN/20240513/DMNDI/",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static string Model(DmnVersion version) => version switch
    {
        DmnVersion.V13 => "https://www.omg.org/spec/DMN/20191111/MODEL/",
        DmnVersion.V14 => "https://www.omg.org/spec/DMN/20211108/MODEL/",
        DmnVersion.V15 => "https://www.omg.org/spec/DMN/20230324/MODEL/",
        _ => throw new DmnException($"DMN {Name(version)} can be read, but not written; write 1.3, 1.4 or 1.5."),
    };

    /// <summary>The drawing namespace of DMN 1.4 is that of 1.3.</summary>
    public static string Dmndi(DmnVersion version) =>
        version == DmnVersion.V15 ? "https://www.omg.org/spec/DMN/20230324/DMNDI/" : "https://www.omg.org/spec/DMN/20191111/DMNDI/";

    public static string Feel(DmnVersion version) => Model(version).Replace("/MODEL/", "/FEEL/", StringComparison.Ordinal);

    public static bool IsFeel(string address) => Versions.Keys.Any(model => model.Replace("/MODEL/", "/FEEL/", StringComparison.Ordinal) == address);

    public static string Name(DmnVersion version) => version switch
    {
        DmnVersion.V11 => "1.1",
        DmnVersion.V12 => "1.2",
        DmnVersion.V13 => "1.3",
        DmnVersion.V14 => "1.4",
        DmnVersion.V15 => "1.5",
        _ => "1.6",
    };
}
