namespace Ecosystem.Rules.Feel;

/// <summary>Static analysis against declared types.</summary>
internal static class FeelChecker
{
    public static IReadOnlyList<FeelDiagnostic> Check(FeelSyntax syntax, FeelOptions options, out FeelType type)
    {
        var pass = new FeelCheckPass(options);
        type = pass.Infer(syntax);
        return pass.Diagnostics;
    }
}
