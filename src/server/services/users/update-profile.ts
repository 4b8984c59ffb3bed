/** Changes what the caller is called. */
import type { UserView } from "../../api/schemas/account";
import type { User } from "../../db/generated/client";
import type { ServiceContext } from "../context";

export async function updateProfile(options: { context: Pick<ServiceContext, "database">; userId: string; name: string }): Promise<UserView> {
  const user = await options.context.database.db.user.update({ where: { id: options.userId }, data: { name: options.name } });
  return toUserView(user);
}

export function toUserView(user: User): UserView {
  return { user_id: user.id, handle: user.handle, name: user.name, email: user.email, image: user.image, role: user.role };
}
