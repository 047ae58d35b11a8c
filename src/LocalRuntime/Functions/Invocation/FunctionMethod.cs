using System.Reflection;
using LocalRuntime.Functions.Discovery;
using Microsoft.Extensions.DependencyInjection;

namespace LocalRuntime.Functions.Invocation;

/// <summary>A function with a way to fill each parameter: ready to run.</summary>
internal sealed class FunctionMethod
{
    private static readonly MethodInfo UnwrapMethod =
        typeof(FunctionMethod).GetMethod(nameof(UnwrapAsync), BindingFlags.Static | BindingFlags.NonPublic)!;

    private readonly Func<FunctionInvocation, object?>[] arguments;
    private readonly MethodInvoker method;
    private readonly ObjectFactory? create;
    private readonly Func<object?, Task<object?>> unwrap;

    /// <summary>Binds a function.</summary>
    /// <param name="function">The function.</param>
    /// <param name="bind">Chooses how a parameter gets its argument.</param>
    public FunctionMethod(Function function, Func<ParameterInfo, Func<FunctionInvocation, object?>> bind)
    {
        Function = function;
        arguments = [.. function.Parameters.Select(bind)];
        method = MethodInvoker.Create(function.Method);
        create = function.Method.IsStatic ? null : ActivatorUtilities.CreateFactory(function.Method.DeclaringType!, Type.EmptyTypes);
        unwrap = Unwrapping(function.Method.ReturnType);
    }

    /// <summary>The function.</summary>
    public Function Function { get; }

    /// <summary>Makes the class (as the worker: one instance an invocation, its constructor filled from the invocation's services;
    /// disposing it is the app's own affair), fills the parameters, calls the method and awaits it.</summary>
    /// <returns>Its result; null when it has none.</returns>
    public Task<object?> RunAsync(FunctionInvocation invocation)
    {
        var instance = create?.Invoke(invocation.InstanceServices, []);
        return unwrap(method.Invoke(instance, Array.ConvertAll(arguments, argument => argument(invocation)).AsSpan()));
    }

    private static Func<object?, Task<object?>> Unwrapping(Type type)
    {
        if (type == typeof(Task))
        {
            return AwaitAsync;
        }

        return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Task<>)
            ? UnwrapMethod.MakeGenericMethod(type.GetGenericArguments()).CreateDelegate<Func<object?, Task<object?>>>()
            : Task.FromResult;
    }

    private static async Task<object?> AwaitAsync(object? task)
    {
        await (Task)task!;
        return null;
    }

    private static async Task<object?> UnwrapAsync<T>(object? task) => await (Task<T>)task!;
}
