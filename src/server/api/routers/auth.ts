/** Opening an account. Signing in is the sign-in handler's part, because it sets a cookie. */
import { signUpInput, signUpOutput } from "../schemas/account";
import { signUp } from "../../services/users/sign-up";
import { publicProcedure, router } from "../trpc";

export const authRouter = router({
  signUp: publicProcedure
    .input(signUpInput)
    .output(signUpOutput)
    .mutation(async ({ ctx, input }) => {
      const user = await signUp({ context: ctx.services, signupOpen: ctx.settings.signupOpen, ip: ctx.ip, ...input });
      return { user_id: user.id, handle: user.handle };
    }),
});
