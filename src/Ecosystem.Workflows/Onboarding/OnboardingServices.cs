using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Workflows.Onboarding;

/// <summary>Registers the room.</summary>
internal static class OnboardingServices
{
    public static IServiceCollection AddOnboarding(this IServiceCollection services) => services.AddSingleton<OnboardingService>();
}
