using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Workflows.Verification;

/// <summary>Registers the room.</summary>
internal static class VerificationServices
{
    public static IServiceCollection AddVerification(this IServiceCollection services) => services.AddSingleton<Verifier>();
}
